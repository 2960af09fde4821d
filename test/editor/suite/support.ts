import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const extensionId = 'mcp-graceful-shutdown.mcp-graceful-shutdown';

const patience = 15_000;
const interval = 50;

/** The installed extension; loading it is up to its activation events. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, `${extensionId} is not installed`);
  return found;
}

/** Asks again and again until the answer is accepted. @throws with the last answer when that takes too long. */
export async function eventually<T>(
  what: string,
  ask: () => T | PromiseLike<T>,
  accept: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (accept(answer)) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}; last seen: ${describe(answer)}`);
    await pause(interval);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function describe(value: unknown): string {
  return JSON.stringify(value, undefined, 1) ?? String(value);
}

/** A file of the workspace folder, by its path from there. */
export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function writeFile(path: string, content: string): Promise<vscode.Uri> {
  const uri = fileUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** Writes a file and shows it in an editor. */
export async function openFile(path: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await writeFile(path, content));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

export async function removeFolder(path: string): Promise<void> {
  await vscode.workspace.fs.delete(fileUri(path), { recursive: true, useTrash: false });
}

/** The ids of the findings that are shown for a document, in its order. */
export function ruleIds(uri: vscode.Uri): string[] {
  return findings(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'mcp-shutdown');
  return own.sort((first, second) => first.range.start.compareTo(second.range.start));
}

/** Waits until exactly these rules speak of the document. */
export async function waitForFindings(uri: vscode.Uri, expected: string[]): Promise<vscode.Diagnostic[]> {
  await eventually(
    `findings ${describe(expected)} in ${uri.path}`,
    () => ruleIds(uri),
    (ids) => ids.join() === expected.join(),
  );
  return findings(uri);
}

/** The quick fix whose title matches. */
export async function quickFix(
  document: vscode.TextDocument,
  { range }: vscode.Diagnostic,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const ask = () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      20,
    );
  const actions = await eventually(`a quick fix ${title}`, ask, (all) =>
    all.some((one) => title.test(one.title)),
  );
  return actions.find((action) => title.test(action.title))!;
}

/** Applies an action's edit, as the light bulb does. */
export async function take(action: vscode.CodeAction): Promise<void> {
  assert.ok(action.edit, `"${action.title}" has no edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), `"${action.title}" could not be applied`);
}

/** The text of all hovers at a position; never empty. */
export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const ask = () =>
    vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const hovers = await eventually('a hover', ask, (all) => all.length > 0);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

/** The document's text with the line endings of this repository. */
export function textOf(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
