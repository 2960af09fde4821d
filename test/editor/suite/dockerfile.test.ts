import * as assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { manifest, shellFormDockerfile } from './projects.ts';
import {
  closeEditors,
  hoverText,
  openFile,
  quickFix,
  take,
  textOf,
  waitForFindings,
  writeFile,
} from './support.ts';

const rule = 'shell-form-command';

describe('a Dockerfile in shell form', () => {
  // A folder for each test: a document that was just closed must not answer for the next one.
  let number = 0;
  const open = (content = shellFormDockerfile) => {
    number += 1;
    return openFile(`dockerfile-${number}/Dockerfile`, content);
  };

  before(() => writeFile('package.json', manifest));
  afterEach(closeEditors);

  it('is underlined, with the rule and a link to its page', async () => {
    const document = await open();
    const [finding] = await waitForFindings(document.uri, [rule]);
    assert.ok(finding);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(document.getText(finding.range), /node src\/index\.js/);
    assert.ok(typeof finding.code === 'object' && finding.code.target, 'there is no link');
    assert.match(finding.code.target.toString(), /mcp-graceful-shutdown\/rules\/shell-form-command$/);
  });

  it('says on hover why that matters', async () => {
    const document = await open();
    const [finding] = await waitForFindings(document.uri, [rule]);
    assert.match(await hoverText(document, finding!.range.start), /SIGTERM/);
  });

  it('is rewritten as exec form by the light bulb, and nothing else is touched', async () => {
    const document = await open();
    const [finding] = await waitForFindings(document.uri, [rule]);
    const fix = await quickFix(document, finding!, /exec form/);
    assert.ok(fix.isPreferred, 'it is not the preferred fix');
    await take(fix);
    const expected = shellFormDockerfile.replace('CMD node src/index.js', 'CMD ["node", "src/index.js"]');
    assert.equal(textOf(document), expected);
    await waitForFindings(document.uri, []);
  });

  it('can be accepted for its line', async () => {
    const document = await open();
    const [finding] = await waitForFindings(document.uri, [rule]);
    await take(await quickFix(document, finding!, /disable.*line/i));
    assert.match(
      textOf(document),
      /# mcp-shutdown-disable-next-line shell-form-command.*\nCMD node src\/index\.js\n$/,
    );
    await waitForFindings(document.uri, []);
  });

  it('can be accepted for its file', async () => {
    const document = await open();
    const [finding] = await waitForFindings(document.uri, [rule]);
    await take(await quickFix(document, finding!, /disable.*file/i));
    assert.match(textOf(document), /^# mcp-shutdown-disable-file shell-form-command/m);
    await waitForFindings(document.uri, []);
  });

  it('is checked as it is typed', async () => {
    const document = await open('FROM node:22-slim\n');
    await type(document, 'CMD node src/index.js\n');
    await waitForFindings(document.uri, [rule]);
    await type(document, 'CMD ["node", "src/index.js"]\n');
    await waitForFindings(document.uri, []);
  });
});

async function type(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
