import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

/** Takes the README's screenshot: the example's Dockerfile with a finding and what is said of it. */
export async function takeReadmeImage(port, folder) {
  const workbench = await openWorkbench(addressOf(port, folder), 2);
  try {
    const person = new Person(workbench.page, folder);
    await person.openFromExplorer('Dockerfile');
    await person.squiggles('error').first().waitFor();
    await person.hoverOver('error', 'SIGTERM');
    await workbench.page.waitForTimeout(500);
    await workbench.page.screenshot({ path: 'docs/images/screenshot.png', animations: 'disabled' });
  } finally {
    await workbench.close();
  }
}
