import { strict as assert } from 'node:assert';

/**
 * What a new user does with the example, in order. A step fails by throwing.
 *
 * @type {Record<string, (person: import('./person.mjs').Person) => Promise<void>>}
 */
export const steps = {
  'the Dockerfile is underlined': async (person) => {
    await person.openFromExplorer('Dockerfile');
    await person.squiggles('error').first().waitFor();
    await person.photograph('out/shots/1-dockerfile.png');
  },

  'its language status counts what was found': async (person) => {
    await person.page.getByRole('button', { name: 'Editor Language Status' }).hover();
    const status = person.page.locator('.monaco-hover .hover-language-status', { hasText: 'MCP Shutdown' });
    await status.first().waitFor();
    assert.match(await status.first().textContent(), /1 server, 4 findings/);
    await person.photograph('out/shots/1-status.png');
  },

  'the hover says why': async (person) => {
    const text = await person.hoverOver('error', 'SIGTERM');
    assert.match(text, /shell-form-command/);
    await person.photograph('out/shots/2-hover.png');
  },

  'the light bulb offers exec form': async (person) => {
    await person.openLightBulb('error', 'exec form');
    await person.photograph('out/shots/3-light-bulb.png');
  },

  'taking it repairs the file': async (person) => {
    await person.takeMenuEntry('exec form');
    await person.squiggles('error').first().waitFor({ state: 'detached' });
    await person.photograph('out/shots/4-repaired.png');
    assert.match(await person.save('Dockerfile'), /\nCMD \["node", "dist\/index\.js"\]\n$/);
  },

  'the server is underlined': async (person) => {
    await person.openByName('src/index.ts', 'index.ts');
    await person.squiggles('warning').first().waitFor();
    const text = await person.hoverOver('warning', 'SIGTERM');
    assert.match(text, /missing-sigterm-handler/);
    await person.photograph('out/shots/5-server.png');
  },

  'it gets a handler that waits for the calls': async (person) => {
    await person.openLightBulb('warning', /graceful shutdown handler/);
    await person.photograph('out/shots/6-server-light-bulb.png');
    await person.previewMenuEntry(/graceful shutdown handler/, 'out/shots/6-preview.png');
    await person.squiggles('warning').first().waitFor({ state: 'detached' });
    await person.goTo('37:1');
    await person.photograph('out/shots/7-server-repaired.png');
    assert.match(await person.onDisk('src/shutdown.ts', /stopOnSignals/), /\['SIGTERM', 'SIGINT'\]/);
    // The handler for Ctrl+C is the same now, and what it did is done at the end.
    const wired = await person.onDisk('src/index.ts', /stopOnSignals/);
    assert.match(wired, /pool\.end\(\)/);
    assert.doesNotMatch(wired, /process\.once\('SIGINT'/);
  },

  "a rule's page opens": async (person) => {
    await person.command('MCP Shutdown: Open the Page of a Rule');
    await person.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await person.page.keyboard.type('shell-form');
    await person.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'shell-form-command' })
      .click();
    await person.editorOf('shell-form-command');
    const page = person.page.frameLocator('iframe.webview').frameLocator('iframe');
    await page.locator('h1', { hasText: 'shell-form-command' }).waitFor();
    await person.photograph('out/shots/8-rule.png');
  },
};
