import * as assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, eventually, openFile, textOf } from './support.ts';

describe('snippets of Dockerfiles', () => {
  afterEach(closeEditors);

  it('are offered by their prefix', async () => {
    const document = await openFile('snippets-offered/Dockerfile', 'mcp');
    const ask = () =>
      vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, 3),
      );
    const labels = ({ items }: vscode.CompletionList) =>
      items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    await eventually('both', ask, (list) =>
      ['mcp-shutdown-cmd', 'mcp-shutdown-stopsignal'].every((prefix) => labels(list).includes(prefix)),
    );
  });

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
