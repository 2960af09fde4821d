import * as assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { canListProcesses, serverProcesses } from './processes.ts';
import { manifest, shellFormDockerfile } from './projects.ts';
import {
  closeEditors,
  eventually,
  openFile,
  pause,
  removeFolder,
  waitForFindings,
  writeFile,
} from './support.ts';

const rule = 'shell-form-command';

describe('commands', () => {
  before(() => writeFile('package.json', manifest));
  afterEach(closeEditors);

  it('check the whole workspace, closed files too', async () => {
    const closed = await writeFile('commands-closed/Dockerfile', shellFormDockerfile);
    // It ends when its message is answered, which nobody does here.
    void vscode.commands.executeCommand('mcpShutdown.checkWorkspace');
    await waitForFindings(closed, [rule]);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.workspace.fs.delete(closed, { useTrash: false });
  });

  it('restart the language server, which then knows the open documents', async () => {
    const document = await openFile('commands-restart/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
    const before = canListProcesses ? serverProcesses() : [];
    await vscode.commands.executeCommand('mcpShutdown.restartServer');
    await waitForFindings(document.uri, [rule]);
    if (canListProcesses) {
      assert.equal(serverProcesses().length, 1);
      assert.notDeepEqual(serverProcesses(), before);
    }
  });

  it('are not needed when the language server crashes: it comes back by itself', async function () {
    if (!canListProcesses) this.skip();
    const [before] = serverProcesses();
    assert.ok(before);
    process.kill(before, 'SIGKILL');
    const isAnother = (ids: number[]) => ids.length === 1 && ids[0] !== before;
    await eventually('another process', serverProcesses, isAnother);
    const document = await openFile('commands-crash/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
  });

  it('suggest a drain timeout from a log, and show how long its calls took', async () => {
    const calls = Array.from({ length: 200 }, (_, index) => `{"tool":"search","duration_ms":${index + 1}}\n`);
    const log = await writeFile('commands-size/app.log', calls.join(''));
    // It ends when its message is answered, which nobody does here.
    void vscode.commands.executeCommand('mcpShutdown.sizeDrainTimeout', log);
    const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    const report = await eventually('the report', shown, (text) => text.includes('DRAIN_TIMEOUT_MS'));
    assert.match(report, /^200 tool calls/);
    assert.match(report, /DRAIN_TIMEOUT_MS=5198\n/);
    assert.match(report, /stop_grace_period: 11s\n/);
    assert.ok(tabTitles().includes('Drain timeout from app.log'));
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    await vscode.commands.executeCommand('notifications.clearAll');
    await removeFolder('commands-size');
  });

  it("open a rule's page as a preview", async () => {
    await vscode.commands.executeCommand('mcpShutdown.openRule', rule);
    await eventually('the preview', tabTitles, (titles) => titles.some((title) => title.includes(rule)));
  });

  it('open nothing that is not the page of a rule', async () => {
    for (const id of ['no-such-rule', '../../README', '../rules/shell-form-command']) {
      await vscode.commands.executeCommand('mcpShutdown.openRule', id);
    }
    await pause(500);
    assert.deepEqual(tabTitles(), []);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});

function tabTitles(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}
