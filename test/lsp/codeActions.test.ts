import { afterEach, describe, expect, it } from 'vitest';
import type { Rule } from '../../server/src/engine/types.ts';
import { replacing, wordRule } from '../support/handMade.ts';
import { fullCapabilities } from './fullCapabilities.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const app = 'file:///repo/src/app.ts';
const manifest = JSON.stringify({
  name: 'x',
  main: 'src/app.ts',
  dependencies: { '@modelcontextprotocol/sdk': '1' },
});
const rules = [replacing('bad', 'good'), wordRule('worse-word', 'worse')];

let client: TestClient;
afterEach(() => client.dispose());

async function start(text: string, options: ClientOptions = {}): Promise<TestClient> {
  const files = { '/repo/package.json': manifest, '/repo/src/app.ts': text, ...options.files };
  client = await TestClient.start({ rules, ...options, files });
  await client.open(app);
  return client;
}

/** A client that cannot ask for an edit later. */
const eager = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

describe('code actions', () => {
  it('are offered at a finding: its fixes, the preferred one marked, then the ways to silence it', async () => {
    await start('bad();\nworse();\n', { initializationOptions: { commands: ['mcpShutdown.openRule'] } });
    const actions = await client.actions(app, 'bad');
    expect(actions.map(({ title, kind, isPreferred }) => ({ title, kind, isPreferred }))).toEqual([
      { title: 'Write good', kind: 'quickfix', isPreferred: true },
      { title: 'Disable bad-word for this line', kind: 'quickfix', isPreferred: undefined },
      { title: 'Disable bad-word for this file', kind: 'quickfix', isPreferred: undefined },
      { title: 'Open the documentation of bad-word', kind: 'quickfix', isPreferred: undefined },
    ]);
    expect(actions[0]?.diagnostics).toMatchObject([{ code: 'bad-word', message: 'bad' }]);
    expect(actions.every(({ edit }) => edit === undefined)).toBe(true);
    expect(actions[3]?.command).toMatchObject({ command: 'mcpShutdown.openRule', arguments: ['bad-word'] });
  });

  it('offer no command that the client does not have', async () => {
    await start('bad();\n');
    expect(await client.titles(app, 'bad')).not.toContain('Open the documentation of bad-word');
  });

  it('are none where nothing was found', async () => {
    await start('bad();\nfine();\n');
    expect(await client.actions(app, 'fine')).toEqual([]);
  });

  it('are offered for a diagnostic that the client names, wherever in its line the caret is', async () => {
    await start('bad();          // here\n');
    const diagnostics = (await client.diagnostics(app)) ?? [];
    const at = { line: 0, character: 20 };
    const actions = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: app },
      range: { start: at, end: at },
      context: { diagnostics },
    });
    expect(actions).toMatchObject([{ title: 'Write good' }, {}, {}]);
  });

  it('fix the text, for the version at hand', async () => {
    await start('bad();\n');
    await client.choose(app, 'bad', 'Write good');
    expect(client.document(app).text).toBe('good();\n');
    expect(await client.codes(app)).toEqual([]);
  });

  it('carry their edits for a client that cannot ask for them later', async () => {
    await start('bad();\n', { capabilities: eager });
    const actions = await client.actions(app, 'bad');
    expect(actions.every(({ edit }) => edit !== undefined)).toBe(true);
    await client.choose(app, 'bad', 'Write good');
    expect(client.document(app).text).toBe('good();\n');
  });

  it('send plain changes to a client without versioned ones', async () => {
    await start('bad();\n', { capabilities: { textDocument: fullCapabilities.textDocument } });
    const [fix] = await client.actions(app, 'bad');
    const { edit } = await client.resolve(fix!);
    expect(edit).toEqual({ changes: { [app]: [expect.objectContaining({ newText: 'good' })] } });
    await client.choose(app, 'bad', 'Write good');
    expect(client.document(app).text).toBe('good();\n');
  });

  it('are none for a client that knows commands only', async () => {
    await start('bad();\n', { capabilities: {} });
    expect(client.initializeResult.capabilities.codeActionProvider).toBeUndefined();
  });

  it('only of the kinds that are asked for', async () => {
    await start('bad();\n');
    expect(await client.actions(app, 'bad', ['refactor'])).toEqual([]);
    expect(await client.actions(app, 'bad', ['quickfix'])).toHaveLength(3);
    const source = await client.actions(app, 'bad', ['source']);
    expect(source.map(({ kind }) => kind)).toEqual(['source.fixAll.mcpShutdown']);
  });

  it('edit other files, and create those that do not exist', async () => {
    const both = new Map([
      ['/repo/src/new.ts', [{ start: 0, end: 0, newText: 'fresh();\n' }]],
      ['/repo/src/other.ts', [{ start: 0, end: 5, newText: 'fine' }]],
    ]);
    const rule = replacing('bad', 'good', 0, { edits: both });
    await start('bad();\n', { rules: [rule], files: { '/repo/src/other.ts': 'other();\n' } });
    await client.choose(app, 'bad', 'Write good');
    expect(client.disk.files.get('/repo/src/new.ts')).toBe('fresh();\n');
    expect(client.disk.files.get('/repo/src/other.ts')).toBe('fine();\n');
  });

  it('still offer to silence a finding whose fixes cannot be made, and say in the log why', async () => {
    const broken: Rule = wordRule('bad-word', 'bad', {
      fixes() {
        throw new Error('no way');
      },
    });
    await start('bad();\n', { rules: [broken] });
    expect(await client.titles(app, 'bad')).toEqual([
      'Disable bad-word for this line',
      'Disable bad-word for this file',
    ]);
    expect(client.logged.join('\n')).toContain('no way');
  });
});

describe('an action that was offered before the text changed', () => {
  it('edits the text as it is now', async () => {
    await start('bad();\n');
    const [fix] = await client.actions(app, 'bad');
    await client.change(app, 0, 0, 'first();\n\n');
    const { edit } = await client.resolve(fix!);
    await client.apply(edit!);
    expect(client.document(app).text).toBe('first();\n\ngood();\n');
  });

  it('takes the same one of several', async () => {
    await start('bad(1);\nbad(2);\n');
    const [, , , second] = await client.actions(app, 'bad(1);\nbad(2)');
    expect(second?.title).toBe('Write good');
    await client.change(app, 0, 0, '\n');
    await client.apply((await client.resolve(second!)).edit!);
    expect(client.document(app).text).toBe('\nbad(1);\ngood(2);\n');
  });

  it('does nothing when the text changes while its edit is computed', async () => {
    let computed = () => {};
    let begun = 0;
    const slow = replacing('bad', 'good');
    const rule: Rule = {
      ...slow,
      async fixes(project, finding) {
        begun += 1;
        if (begun > 1) await new Promise<void>((resolve) => (computed = resolve));
        return slow.fixes!(project, finding);
      },
    };
    await start('bad();\n', { rules: [rule] });
    const [fix] = await client.actions(app, 'bad');
    const answer = client.resolve(fix!);
    await client.until(() => begun > 1);
    await client.change(app, 0, 0, 'first();\n');
    await client.received();
    computed();
    expect((await answer).edit).toBeUndefined();
  });

  it('does nothing when its finding is gone, or may be another', async () => {
    await start('bad(1);\nbad(2);\n');
    const [fix] = await client.actions(app, 'bad(1)');
    await client.change(app, 0, 8, '');
    expect((await client.resolve(fix!)).edit).toBeUndefined();
    await client.change(app, 0, 6, '');
    expect((await client.resolve(fix!)).edit).toBeUndefined();
  });
});

describe('fix all', () => {
  const only = ['source.fixAll.mcpShutdown'];
  const all = /all safe/;

  it('applies every safe preferred fix of the document, and of no other', async () => {
    const risky = replacing('risky', 'calm', 0, { isSafe: false });
    await start('bad();\nrisky();\nbad();\n', {
      rules: [...rules, risky],
      files: { '/repo/src/other.ts': 'bad();' },
    });
    await client.choose(app, 'bad', all, only);
    expect(client.document(app).text).toBe('good();\nrisky();\ngood();\n');
    expect(client.disk.files.get('/repo/src/other.ts')).toBe('bad();');
  });

  it('is not offered where it would change nothing', async () => {
    await start('worse();\n');
    expect(await client.actions(app, 'worse', only)).toEqual([]);
  });

  it('leaves out a fix that reaches into another file', async () => {
    const edits = new Map([['/repo/src/other.ts', [{ start: 0, end: 0, newText: 'x' }]]]);
    await start('bad();\n', {
      rules: [replacing('bad', 'good', 0, { edits })],
      files: { '/repo/src/other.ts': '' },
    });
    expect(await client.actions(app, 'bad', only)).toEqual([]);
  });

  it('is computed from the text as it is when it is applied', async () => {
    await start('bad();\n');
    const [action] = await client.actions(app, 'bad', only);
    await client.change(app, 0, 0, 'bad();\n');
    await client.apply((await client.resolve(action!)).edit!);
    expect(client.document(app).text).toBe('good();\ngood();\n');
  });
});
