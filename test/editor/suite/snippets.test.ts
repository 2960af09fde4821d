import * as assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, eventually, openFile, textOf } from './support.ts';

/** Waits until a file that holds `mcp` is offered these snippets behind it. */
async function expectOffered(path: string, prefixes: readonly string[]): Promise<void> {
  const document = await openFile(path, 'mcp');
  const ask = () =>
    vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 3),
    );
  const labels = ({ items }: vscode.CompletionList) =>
    items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  await eventually('all', ask, (list) => prefixes.every((prefix) => labels(list).includes(prefix)));
}

describe('snippets of Dockerfiles', () => {
  afterEach(closeEditors);

  it('are offered by their prefix', () =>
    expectOffered('snippets-offered/Dockerfile', ['mcp-shutdown-cmd', 'mcp-shutdown-stopsignal']));

  it('insert a command in exec form', async () => {
    const document = await openFile('snippets-inserted/Dockerfile', '');
    await vscode.commands.executeCommand('editor.action.insertSnippet', {
      langId: 'dockerfile',
      name: 'Start command that receives signals',
    });
    const text = await eventually(
      'the text',
      () => textOf(document),
      (content) => content !== '',
    );
    assert.equal(text, 'CMD ["node", "dist/index.js"]\n');
  });
});

describe('snippets of servers', () => {
  afterEach(closeEditors);

  it('are offered in TypeScript, JavaScript and YAML', async () => {
    const sources = ['stdio', 'http', 'tool', 'health', 'vault'].map((name) => `mcp-shutdown-${name}`);
    await expectOffered('snippets-offered/server.ts', sources);
    await expectOffered('snippets-offered/server.js', sources);
    await expectOffered('snippets-offered/pod.yaml', ['mcp-shutdown-compose', 'mcp-shutdown-kubernetes']);
  });

  it('insert the handler with its placeholders, the first of them selected', async () => {
    const document = await openFile('snippets-inserted/server.js', '');
    await vscode.commands.executeCommand('editor.action.insertSnippet', {
      langId: 'javascript',
      name: 'Graceful shutdown of a stdio server',
    });
    const text = await eventually(
      'the text',
      () => textOf(document),
      (content) => content !== '',
    );
    const lines = text.split('\n').map((line) => line.trim());
    for (const line of [
      "import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';",
      'trackToolCalls(server.server);',
      "stopOnSignals([['pool', () => pool.end()]]);",
      // Not a placeholder of the snippet's.
      `console.error(\`shutdown: \${name}:\`, error);`,
      'const isUsable = /^\\d+$/.test(value) && Number(value) < 2 ** 31;',
    ]) {
      assert.ok(lines.includes(line), `${line} is not in\n${text}`);
    }
    const { selection } = vscode.window.activeTextEditor!;
    assert.equal(document.getText(selection), 'server');
  });
});
