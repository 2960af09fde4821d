import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const title = 'by hand: a Dockerfile that is opened without a folder is checked';

/**
 * Opens an editor window with a single file in it.
 *
 * @param {number} port of the editor's server
 * @param {string} folder where the file is written
 * @returns {Promise<import('../results.mjs').Result>}
 */
export async function tryLooseFile(port, folder) {
  const file = join(folder, 'Dockerfile');
  mkdirSync(folder);
  writeFileSync(file, 'FROM node:22-slim\nCMD node index.js\n');
  const workbench = await openWorkbench(addressOfFile(port, file));
  const person = new Person(workbench.page, folder);
  try {
    await person.editorOf('Dockerfile');
    await person.squiggles('error').first().waitFor();
    await person.photograph('out/shots/11-loose-file.png');
    return { title, state: 'passed' };
  } catch (error) {
    await person.photograph('out/shots/failed.png').catch(() => {});
    return { title, state: 'failed', error: error.stack };
  } finally {
    await workbench.close();
  }
}

function addressOfFile(port, file) {
  const origin = `127.0.0.1:${port}`;
  const address = new URL(`http://${origin}/?ew=true`);
  address.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${origin}${file}`]]));
  return address.href;
}
