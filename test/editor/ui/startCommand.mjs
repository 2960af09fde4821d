import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { whenThisProcessEnds } from '../../../scripts/editor/lifetime.mjs';
import { openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const title = 'npm start serves a folder with the extension, and stops cleanly';

/**
 * Does what `npm start` does, opens the address that it prints and stops it with Ctrl+C.
 *
 * @param {string} folder
 * @returns {Promise<import('../results.mjs').Result>}
 */
export async function tryStartCommand(folder) {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--browser', '--no-open', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const forget = whenThisProcessEnds(() => child.kill());
  const ended = once(child, 'exit');
  try {
    const { address, findings } = await readAddress(child);
    assert.match(findings, /shell-form-command/);
    await seeFindings(address, folder);
    child.kill('SIGINT');
    const [code] = await ended;
    assert.equal(code, 0);
    await assert.rejects(fetch(address), 'the editor still answers');
    return { title, state: 'passed' };
  } catch (error) {
    return { title, state: 'failed', error: error.stack };
  } finally {
    child.kill();
    await ended;
    forget();
  }
}

/** @returns {Promise<{ address: string, findings: string }>} the address, and what was printed before it */
function readAddress(child) {
  return new Promise((found, failed) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output);
      if (match) found({ address: match[0], findings: output.slice(0, match.index) });
    });
    child.once('exit', (code) => failed(new Error(`npm start ended with ${code}:\n${output}`)));
  });
}

async function seeFindings(address, folder) {
  const workbench = await openWorkbench(address);
  try {
    const person = new Person(workbench.page, folder);
    await person.openFromExplorer('Dockerfile');
    await person.squiggles('error').first().waitFor();
  } finally {
    await workbench.close();
  }
}
