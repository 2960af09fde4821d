import { strict as assert } from 'node:assert';
import { startServer } from '../../../scripts/editor/server.mjs';
import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const title = 'by hand: findings are shown in a folder that is not trusted, and after it is';

/**
 * Opens a folder of which the editor asks whether its authors are trusted.
 *
 * @param {{ vsix: string, settings: Record<string, unknown>, folder: string }} options
 * @returns {Promise<import('../results.mjs').Result>}
 */
export async function tryTrust({ vsix, settings, folder }) {
  const server = await startServer({ vsix, settings, isTest: true, asksForTrust: true });
  const workbench = await openWorkbench(addressOf(server.port, folder));
  const person = new Person(workbench.page, folder);
  try {
    await answer(person, /^No/);
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

async function answer(person, choice) {
  const dialog = person.page.locator('.monaco-dialog-box', { hasText: 'trust the authors' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: choice }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await person.page.getByText('Restricted Mode').first().isVisible());
}
