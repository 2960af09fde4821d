import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { whenThisProcessEnds } from '../../../scripts/editor/lifetime.mjs';
import { startServer } from '../../../scripts/editor/server.mjs';
import { steadySettings } from '../../../scripts/editor/settings.mjs';
import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { tryLooseFile } from './looseFile.mjs';
import { Person } from './person.mjs';
import { takeReadmeImage } from './readmeImage.mjs';
import { tryStartCommand } from './startCommand.mjs';
import { steps } from './steps.mjs';
import { tryTimeline } from './timeline.mjs';
import { tryTrust } from './trust.mjs';

const settings = { ...steadySettings, 'workbench.colorTheme': 'Default Dark Modern', 'editor.fontSize': 15 };

/**
 * Goes through the workbench as a person would, on a copy of the example, with a screenshot of each step.
 *
 * @param {string} vsix
 * @param {boolean} updateImages whether to renew the README's image too
 * @returns {Promise<import('../results.mjs').Result[]>}
 */
export async function runUi(vsix, updateImages) {
  const temporary = mkdtempSync(join(tmpdir(), 'mcp-shutdown-ui-'));
  const forget = whenThisProcessEnds(() => rmSync(temporary, { recursive: true, force: true }));
  const server = await startServer({ vsix, settings, isTest: true });
  try {
    const results = await walk(server.port, copyExample(temporary, 'orders'));
    results.push(await tryStartCommand(copyExample(temporary, 'started')));
    results.push(await tryLooseFile(server.port, join(temporary, 'loose')));
    results.push(await tryTimeline(server.port, join(temporary, 'timeline')));
    results.push(await tryTrust({ vsix, settings, folder: copyExample(temporary, 'strange') }));
    if (updateImages) await takeReadmeImage(server.port, copyExample(temporary, 'orders-mcp-server'));
    return results;
  } finally {
    await server.stop();
    rmSync(temporary, { recursive: true, force: true });
    forget();
  }
}

function copyExample(temporary, name) {
  const folder = join(temporary, name);
  cpSync(resolve('examples'), folder, { recursive: true });
  return folder;
}

async function walk(port, folder) {
  const workbench = await openWorkbench(addressOf(port, folder));
  const person = new Person(workbench.page, folder);
  const results = [];
  try {
    for (const [title, step] of Object.entries(steps)) results.push(await take(person, title, step, results));
    results.push(checkStrangers(workbench.strangers));
  } finally {
    await workbench.close();
  }
  return results;
}

/** The steps build on each other: after a failed one nothing can be said of those that follow. */
async function take(person, title, step, earlier) {
  const result = { title: `by hand: ${title}` };
  if (earlier.some(({ state }) => state === 'failed')) {
    return { ...result, state: 'failed', error: 'not tried: an earlier step failed' };
  }
  try {
    await step(person);
    return { ...result, state: 'passed' };
  } catch (error) {
    await person.photograph('out/shots/failed.png').catch(() => {});
    return { ...result, state: 'failed', error: error.stack };
  }
}

function checkStrangers(strangers) {
  const title = 'by hand: nothing is looked up on other hosts';
  if (strangers.size === 0) return { title, state: 'passed' };
  return { title, state: 'failed', error: [...strangers].join('\n') };
}
