import { afterEach, describe, expect, it } from 'vitest';
import { dockerfileText, projectFiles, serverText } from './realServer.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const source = 'file:///repo/src/index.ts';
const dockerfile = 'file:///repo/Dockerfile';

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await TestClient.start({ files: projectFiles, ...options });
  await client.open(source);
  await client.open(dockerfile, dockerfileText, 'dockerfile');
  return client;
}

/** The line of a text that a range begins on. */
function lineAt(text: string, line: number | undefined): string | undefined {
  return text.split('\n')[line ?? -1];
}

describe('a server that hears of no SIGTERM, with its Dockerfile', () => {
  it('is found, fixed by the light bulb, and found no more', async () => {
    await start();
    const [missing, ...more] = (await client.diagnostics(source)) ?? [];
    expect(missing).toMatchObject({ code: 'missing-sigterm-handler', severity: 2 });
    expect(lineAt(serverText, missing?.range.start.line)).toContain('app.listen(3000');
    expect(more).toEqual([]);

    await client.choose(source, 'app.listen', /SIGTERM/);
    const { text } = client.document(source);
    expect(text).toContain("process.on('SIGTERM', shutdown);");
    expect(text.replace("process.on('SIGTERM', shutdown);\n", '')).toBe(serverText);
    expect(await client.codes(source)).toEqual([]);
  });

  it('is started in exec form after the light bulb was taken in the Dockerfile', async () => {
    await start();
    expect(await client.codes(dockerfile)).toEqual(['shell-form-command']);
    await client.choose(dockerfile, 'CMD', /exec form/i);
    const after = dockerfileText.replace('CMD node dist/index.js', 'CMD ["node", "dist/index.js"]');
    expect(client.document(dockerfile).text).toBe(after);
    expect(await client.codes(dockerfile)).toEqual([]);
  });

  it('is fixed on save where that is safe', async () => {
    await start();
    await client.choose(dockerfile, 'CMD', /safe/, ['source.fixAll']);
    expect(client.document(dockerfile).text).toContain('CMD ["node", "dist/index.js"]');
  });

  it('shows what the editor holds, not what the disk does', async () => {
    await start();
    const at = serverText.indexOf("process.on('SIGINT'");
    await client.change(source, at, at, "process.on('SIGTERM', shutdown);\n");
    expect(await client.codes(source)).toEqual([]);
    await client.close(source);
    await client.open(source);
    expect(await client.codes(source)).toEqual(['missing-sigterm-handler']);
  });
});

describe('a hover', () => {
  const documentation = 'vscode://mcp-graceful-shutdown.mcp-graceful-shutdown/rules/{rule}';

  it('on a finding tells the rule, what comes of it, the fix and where to read more', async () => {
    await start({ initializationOptions: { ruleDocumentation: documentation } });
    const hover = await client.hover(source, 'app.listen');
    const { value } = hover!.contents as { value: string };
    expect(value).toMatch(/^\*\*missing-sigterm-handler\*\*: /);
    expect(value).toContain('dropped');
    expect(value).toMatch(/Quick fix: .*SIGTERM/);
    expect(value).toContain(`(${documentation.replace('{rule}', 'missing-sigterm-handler')})`);
    const [diagnostic] = (await client.diagnostics(source)) ?? [];
    expect(hover?.range).toEqual(diagnostic?.range);
  });

  it.each([
    ['the transport', 'new StreamableHTTPServerTransport', /aborts every tool call in flight/],
    ['the signal listener', "process.on('SIGINT'", /SIGINT[\s\S]*503[\s\S]*exit code/i],
  ])('on %s tells what a safe shutdown does there', async (_, marker, words) => {
    await start();
    const hover = await client.hover(source, marker);
    expect(hover?.contents).toMatchObject({ kind: 'markdown', value: expect.stringMatching(words) });
    const { start: first } = hover!.range!;
    expect(lineAt(serverText, first.line)).toContain(marker);
  });

  it('on the listen call and the start command too, once nothing is wrong there', async () => {
    await start({ settings: { rules: { 'missing-sigterm-handler': 'off', 'shell-form-command': 'off' } } });
    const listen = await client.hover(source, 'app.listen');
    expect(listen?.contents).toMatchObject({ value: expect.stringMatching(/keep the listener open/) });
    const command = await client.hover(dockerfile, 'CMD');
    expect(command?.contents).toMatchObject({
      value: expect.stringMatching(/`node dist\/index\.js`[\s\S]*first process/),
    });
    expect(command?.range?.start.line).toBe(7);
  });

  it('is nothing elsewhere', async () => {
    await start();
    expect(await client.hover(source, 'import express')).toBeNull();
    expect(await client.hover(dockerfile, 'WORKDIR')).toBeNull();
  });

  it('is plain text for a client that shows no Markdown', async () => {
    await start({ capabilities: {} });
    const hover = await client.hover(source, 'new StreamableHTTPServerTransport');
    expect(hover?.contents).toMatchObject({ kind: 'plaintext', value: expect.not.stringMatching(/[*`]/) });
  });
});

describe('half-typed text', () => {
  it.each([
    ['a server', source, serverText, 'typescript'],
    ['a Dockerfile', dockerfile, dockerfileText, 'dockerfile'],
  ])('of %s is answered at every step', async (_, uri, text, languageId) => {
    client = await TestClient.start({ files: projectFiles });
    await client.open(uri, '', languageId);
    const step = Math.ceil(text.length / 150);
    for (let end = step; end < text.length + step; end += step) {
      const { length } = client.document(uri).text;
      await client.change(uri, length, length, text.slice(length, end));
      expect(await client.diagnostics(uri)).toBeDefined();
      const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const request = { textDocument: { uri }, range, context: { diagnostics: [] } };
      for (const action of await client.connection.sendRequest<[]>('textDocument/codeAction', request)) {
        await client.resolve(action);
      }
    }
    expect(client.document(uri).text).toBe(text);
    expect(client.published.at(-1)?.diagnostics).toHaveLength(1);
    expect(client.logged).toEqual([]);
    expect(client.statuses.some(({ state }) => state === 'error')).toBe(false);
  });
});
