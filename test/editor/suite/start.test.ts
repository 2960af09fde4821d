import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { canListProcesses, serverProcesses } from './processes.ts';
import { manifest, shellFormDockerfile } from './projects.ts';
import {
  closeEditors,
  eventually,
  extension,
  fileUri,
  pause,
  waitForFindings,
  writeFile,
} from './support.ts';

const timeForAMistake = 1_500;

describe('start', () => {
  it('waits for something to check', async function () {
    if (!canListProcesses) this.skip();
    await vscode.window.showTextDocument(fileUri('src/greeting.ts'));
    await eventually('the activation', () => extension().isActive, Boolean);
    await pause(timeForAMistake);
    assert.deepEqual(serverProcesses(), []);
  });

  it('starts the language server when an MCP server and its Dockerfile appear', async () => {
    await writeFile('package.json', manifest);
    await writeFile('Dockerfile', shellFormDockerfile);
    const document = await vscode.workspace.openTextDocument(fileUri('Dockerfile'));
    await vscode.window.showTextDocument(document);
    await waitForFindings(document.uri, ['shell-form-command']);
    if (canListProcesses) assert.equal(serverProcesses().length, 1);
    await closeEditors();
  });
});
