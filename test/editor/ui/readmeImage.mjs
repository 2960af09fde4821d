import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const size = { width: 1280, height: 720 };

/** Takes the README's screenshot: the findings of the example, and the light bulb of one of them. */
export async function takeReadmeImage(port, folder) {
  const workbench = await openWorkbench(addressOf(port, folder), 1.5);
  try {
    await workbench.page.setViewportSize(size);
    const person = new Person(workbench.page, folder);
    await person.openByName('src/index.ts', 'index.ts');
    await person.squiggles('warning').first().waitFor();
    await person.goTo('34:1');
    await person.openByName('Dockerfile', 'Dockerfile', { beside: true });
    await person.squiggles('error').first().waitFor();
    await person.command('View: Toggle Primary Side Bar Visibility');
    await person.command('Problems: Focus on Problems View');
    await person.openLightBulb('error', 'exec form');
    await person.photograph('docs/images/screenshot.png');
  } finally {
    await workbench.close();
  }
}
