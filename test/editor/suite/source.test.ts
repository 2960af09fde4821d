import * as assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  manifest,
  serverThatExitsAtOnce,
  serverWithoutHandler,
  serverWithSigintHandler,
} from './projects.ts';
import {
  closeEditors,
  hoverText,
  openFile,
  quickFix,
  removeFolder,
  take,
  textOf,
  waitForFindings,
  writeFile,
} from './support.ts';

describe('the source of an MCP server', () => {
  let number = 0;
  const open = async (content: string) => {
    number += 1;
    await writeFile(`source-${number}/package.json`, manifest);
    return openFile(`source-${number}/src/index.js`, content);
  };

  afterEach(async () => {
    await closeEditors();
    await removeFolder(`source-${number}`);
  });

  it('is underlined where a server is started that nobody told about SIGTERM', async () => {
    const document = await open(serverWithoutHandler);
    const [finding] = await waitForFindings(document.uri, ['missing-sigterm-handler']);
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(finding!.message, /SIGTERM/);
    assert.match(await hoverText(document, finding!.range.start), /SIGTERM/);
  });

  it('gets its handler for Ctrl+C registered for SIGTERM too', async () => {
    const document = await open(serverWithSigintHandler);
    const [finding] = await waitForFindings(document.uri, ['missing-sigterm-handler']);
    await take(await quickFix(document, finding!, /SIGTERM/));
    const before = serverWithSigintHandler.split("process.once('SIGINT'")[0]!;
    assert.ok(textOf(document).startsWith(before), 'the text before the handler has changed');
    assert.match(textOf(document), /'SIGTERM'/);
    await waitForFindings(document.uri, []);
  });

  it('is underlined where SIGTERM ends the process at once', async () => {
    const document = await open(serverThatExitsAtOnce);
    const [finding] = await waitForFindings(document.uri, ['immediate-exit']);
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Error);
  });

  it('survives text that is being typed', async () => {
    const document = await open(serverWithoutHandler);
    await waitForFindings(document.uri, ['missing-sigterm-handler']);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.lineAt(document.lineCount - 1).range.end,
      "for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, async () => {",
    );
    await vscode.workspace.applyEdit(edit);
    const closing = new vscode.WorkspaceEdit();
    closing.insert(
      document.uri,
      document.lineAt(document.lineCount - 1).range.end,
      '\n  setTimeout(() => process.exit(1), 9_000).unref();\n  await new Promise((done) => listener.close(done));\n  process.exit(0);\n});\n',
    );
    await vscode.workspace.applyEdit(closing);
    await waitForFindings(document.uri, []);
  });
});
