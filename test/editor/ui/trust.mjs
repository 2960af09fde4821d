import { startServer } from '../../../scripts/editor/server.mjs';
import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const title = 'by hand: findings are shown in a folder that is not trusted, and after it is';

/**
 * Opens a folder that the editor does not trust, then trusts it.
 *
 * @param {{ vsix: string, settings: Record<string, unknown>, folder: string }} options
 * @returns {Promise<import('../results.mjs').Result>}
 */
export async function tryTrust({ vsix, settings, folder }) {
  const server = await startServer({ vsix, settings, isTest: true, asksForTrust: true });
  const workbench = await openWorkbench(addressOf(server.port, folder));
  const person = new Person(workbench.page, folder);
  try {
    await workbench.page.getByRole('button', { name: 'Restricted Mode' }).first().waitFor();
    await person.openFromExplorer('Dockerfile');
    await person.squiggles('error').first().waitFor();
    await person.photograph('out/shots/9-not-trusted.png');
    await person.command('Workspaces: Manage Workspace Trust');
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust$/ })
      .click();
    await person.openByName('src/index.ts', 'index.ts');
    await person.squiggles('warning').first().waitFor();
    await person.photograph('out/shots/10-trusted.png');
    return { title, state: 'passed' };
  } catch (error) {
    await person.photograph('out/shots/failed.png').catch(() => {});
    return { title, state: 'failed', error: error.stack };
  } finally {
    await workbench.close();
    await server.stop();
  }
}
