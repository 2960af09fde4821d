// Decides when the language server is worth its memory. Which servers and Dockerfiles there really are, and
// which of them count, is the server's to find out: a needless start is the worst that can happen here.
import * as vscode from 'vscode';

const dockerfiles = '**/{Dockerfile,Dockerfile.*,*.dockerfile,*.Dockerfile,Containerfile,Containerfile.*}';
const manifests =
  '**/{package.json,pyproject.toml,requirements*.txt,go.mod,Cargo.toml,pom.xml,build.gradle,build.gradle.kts,*.csproj}';
const ignoredFolders = '**/{node_modules,.git,.venv,venv}/**';

/** What the packages of all MCP SDKs have in their names, in every language. */
const sdkName = /modelcontextprotocol|mcp/i;

/** More manifests than this are not read: in so large a workspace the wait would cost more than the server. */
const maxManifests = 500;

/**
 * Calls `start` once, as soon as the workspace or an open document gives the language server something to do:
 * a Dockerfile, or a package manifest that names an MCP SDK. Looks now, and again when such files appear.
 * Disposing of the result ends the search.
 */
export function whenThereIsWork(start: () => unknown): vscode.Disposable {
  const watch: vscode.Disposable[] = [];
  let isSettled = false;

  const settle = () => {
    if (isSettled) return;
    isSettled = true;
    for (const part of watch) part.dispose();
    start();
  };
  const settleIf = async (condition: Thenable<boolean>) => {
    if (!isSettled && (await condition) && !isSettled) settle();
  };

  const dockerfileWatcher = vscode.workspace.createFileSystemWatcher(dockerfiles);
  const manifestWatcher = vscode.workspace.createFileSystemWatcher(manifests);
  watch.push(
    dockerfileWatcher,
    manifestWatcher,
    dockerfileWatcher.onDidCreate(settle),
    manifestWatcher.onDidCreate((manifest) => settleIf(namesSdk(manifest))),
    manifestWatcher.onDidChange((manifest) => settleIf(namesSdk(manifest))),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isDockerfile(document)) settle();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => settleIf(workspaceHasWork())),
  );
  if (vscode.workspace.textDocuments.some(isDockerfile)) settle();
  else void settleIf(workspaceHasWork());

  return new vscode.Disposable(() => {
    isSettled = true;
    for (const part of watch) part.dispose();
  });
}

function isDockerfile(document: vscode.TextDocument): boolean {
  return document.languageId === 'dockerfile';
}

async function workspaceHasWork(): Promise<boolean> {
  const found = await vscode.workspace.findFiles(dockerfiles, ignoredFolders, 1);
  if (found.length > 0) return true;
  const candidates = await vscode.workspace.findFiles(manifests, ignoredFolders, maxManifests);
  if (candidates.length === maxManifests) return true;
  const answers = await Promise.all(candidates.map(namesSdk));
  return answers.includes(true);
}

async function namesSdk(manifest: vscode.Uri): Promise<boolean> {
  if (/\/node_modules\//.test(manifest.path)) return false;
  try {
    const content = await vscode.workspace.fs.readFile(manifest);
    return sdkName.test(new TextDecoder().decode(content));
  } catch {
    // It vanished, or may not be read: then it gives the server nothing to do either.
    return false;
  }
}
