import * as assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { manifest, shellFormDockerfile } from './projects.ts';
import {
  closeEditors,
  eventually,
  fileUri,
  openFile,
  ruleIds,
  waitForFindings,
  writeFile,
} from './support.ts';

const rule = 'shell-form-command';

describe('settings', () => {
  before(() => writeFile('package.json', manifest));

  afterEach(async () => {
    await setRules(undefined);
    await closeEditors();
  });

  it('turn a rule off and on again', async () => {
    const document = await openFile('settings-off/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
    await setRules({ [rule]: 'off' });
    await waitForFindings(document.uri, []);
    await setRules(undefined);
    await waitForFindings(document.uri, [rule]);
  });

  it('make a rule quieter', async () => {
    const document = await openFile('settings-quiet/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
    await setRules({ [rule]: 'hint' });
    await eventually(
      'a hint',
      () => vscode.languages.getDiagnostics(document.uri).map(({ severity }) => severity),
      (severities) => severities.join() === String(vscode.DiagnosticSeverity.Hint),
    );
  });

  it('show findings of files that are not open, where that is asked for, as long as they exist', async () => {
    const closed = await writeFile('settings-workspace/Dockerfile', shellFormDockerfile);
    const document = await openFile('settings-open/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
    assert.deepEqual(ruleIds(closed), []);
    await configuration().update('diagnostics', 'workspace', vscode.ConfigurationTarget.Workspace);
    await waitForFindings(closed, [rule]);
    const deleted = await writeFile('settings-deleted/Dockerfile', shellFormDockerfile);
    await waitForFindings(deleted, [rule]);
    await vscode.workspace.fs.delete(deleted, { useTrash: false });
    await waitForFindings(deleted, []);
    await configuration().update('diagnostics', undefined, vscode.ConfigurationTarget.Workspace);
    await waitForFindings(closed, []);
  });

  it('are also taken from mcp-shutdown.json, the file that the command line reads', async () => {
    const document = await openFile('settings-file/Dockerfile', shellFormDockerfile);
    await waitForFindings(document.uri, [rule]);
    const file = await writeFile('mcp-shutdown.json', JSON.stringify({ rules: { [rule]: 'off' } }));
    await waitForFindings(document.uri, []);
    await vscode.workspace.fs.delete(file, { useTrash: false });
    await waitForFindings(document.uri, [rule]);
  });

  it('in mcp-shutdown.json are validated against the schema', async () => {
    const file = await openFile('mcp-shutdown.json', JSON.stringify({ rules: { [rule]: 'loud' } }));
    await eventually(
      'a complaint',
      () => vscode.languages.getDiagnostics(file.uri),
      (all) => all.length > 0,
    );
    await closeEditors();
    await vscode.workspace.fs.delete(fileUri('mcp-shutdown.json'), { useTrash: false });
  });
});

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('mcpShutdown');
}

async function setRules(rules: Record<string, string> | undefined): Promise<void> {
  await configuration().update('rules', rules, vscode.ConfigurationTarget.Workspace);
}
