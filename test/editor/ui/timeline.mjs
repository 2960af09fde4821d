import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addressOf, openWorkbench } from '../../../scripts/editor/workbench.mjs';
import { Person } from './person.mjs';

const title =
  'by hand: the shutdown timelines are shown, exported, and lead to their numbers and the hover there';

const files = {
  'package.json': `{
  "name": "notes-mcp",
  "type": "module",
  "main": "index.js",
  "dependencies": { "@modelcontextprotocol/sdk": "^1.20.0" }
}
`,
  'index.js': `import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

let calls = 0;
const listener = createServer((request, response) => {
  calls += 1;
  response.on('close', () => (calls -= 1));
  return new StreamableHTTPServerTransport({}).handleRequest(request, response);
});
listener.listen(3000);

process.on('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  const end = Date.now() + Number(process.env.DRAIN_TIMEOUT_MS ?? 5_000);
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  process.exit(0);
});
`,
  Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "index.js"]\n',
  'compose.yaml': 'services:\n  notes:\n    build: .\n    stop_grace_period: 12s\n',
  'fly.toml':
    'app = "notes"\nkill_signal = "SIGTERM"\nkill_timeout = 6\n\n[build]\ndockerfile = "Dockerfile"\n',
};

/**
 * Opens the view of the timelines in a folder with a server and two deployments.
 *
 * @param {number} port of the editor's server
 * @param {string} folder where the files are written
 * @returns {Promise<import('../results.mjs').Result>}
 */
export async function tryTimeline(port, folder) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const workbench = await openWorkbench(addressOf(port, folder));
  const person = new Person(workbench.page, folder);
  try {
    await lookAtTimelines(person, folder);
    return { title, state: 'passed' };
  } catch (error) {
    await person.photograph('out/shots/failed.png').catch(() => {});
    return { title, state: 'failed', error: error.stack };
  } finally {
    await workbench.close();
  }
}

async function lookAtTimelines(person, folder) {
  await person.command('MCP Shutdown: Show Shutdown Timeline');
  await person.editorOf('Shutdown Timeline');
  const page = person.page.frameLocator('iframe.webview').frameLocator('iframe');
  await page.locator('h2', { hasText: 'Compose "notes"' }).waitFor();
  assert.equal(await page.locator('svg[role=img]').count(), 2);
  assert.match(
    await page.locator('section').first().textContent(),
    /stop_grace_period at compose\.yaml:4:24/,
  );
  await person.photograph('out/shots/12-timeline.png');

  await page.getByRole('button', { name: 'Export SVG' }).click();
  await exported(person, join(folder, 'shutdown-timeline.svg'));

  // The dialog that has just closed may give the focus back to the view a moment later.
  await person.retry(async () => {
    await page.getByRole('button', { name: 'compose.yaml:4:24' }).click();
    await person.editorOf('compose.yaml', 4_000);
  });
  await person.command('Show or Focus Hover');
  const hover = person.page
    .locator('.monaco-hover:not(.hidden)', { hasText: 'The drain ends 7 s before SIGKILL' })
    .first();
  await hover.waitFor();
  assert.match(await hover.textContent(), /SIGKILL at 12 s: stop_grace_period at compose\.yaml:4:24/);
  await person.photograph('out/shots/13-timeline-hover.png');
}

/** Takes the file that the dialog offers, and waits until it is written. */
async function exported(person, file) {
  const input = person.page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor();
  for (let tries = 0; !(await input.inputValue()).endsWith('shutdown-timeline.svg'); tries += 1) {
    assert.ok(tries < 100, `the dialog offers "${await input.inputValue()}"`);
    await person.page.waitForTimeout(100);
  }
  await person.page.keyboard.press('Enter');
  const isWritten = () =>
    existsSync(file) && /^<svg [\s\S]*Compose[\s\S]*Fly\.io[\s\S]*<\/svg>/.test(readFileSync(file, 'utf8'));
  for (let tries = 0; !isWritten(); tries += 1) {
    assert.ok(tries < 100, 'the SVG was not written');
    await person.page.waitForTimeout(100);
  }
}
