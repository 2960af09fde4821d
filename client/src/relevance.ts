// Decides when the language server is worth its memory: which MCP servers and Dockerfiles there really are is
// for the server to find out.
import * as vscode from 'vscode';
import { kindOf } from '../../server/src/project/fileKinds.ts';
import { isMcpPackage, namesMcpSdk } from '../../server/src/project/mcpPackages.ts';

const dockerfiles = '**/{Dockerfile,Dockerfile.*,*.dockerfile,*.Dockerfile,Containerfile,Containerfile.*}';
const manifests =
  '**/{package.json,pyproject.toml,requirements*.txt,go.mod,Cargo.toml,pom.xml,build.gradle,build.gradle.kts,*.csproj}';
const ignoredFolders = '**/{node_modules,.git,.venv,venv}/**';
const isIgnored = (file: vscode.Uri) => /\/(node_modules|\.git|\.venv|venv)\//.test(file.path);

/** More files than this are not looked at: in so large a workspace the wait would cost more than the server. */
const maxFiles = 500;

/**
 * Calls `start` once, as soon as the workspace or an open document gives the language server something to do:
 * a Dockerfile, or a package that depends on an MCP SDK. Looks now, and again when such files appear.
 * Disposing of the result ends the search.
 */
export function whenThereIsWork(start: () => unknown): vscode.Disposable {
  const watch: vscode.Disposable[] = [];
  let isSettled = false;

  const end = () => {
    isSettled = true;
    for (const part of watch) part.dispose();
  };
  const startIf = async (condition: boolean | Thenable<boolean>) => {
    if (!(await condition) || isSettled) return;
    end();
    start();
  };

  const dockerfileWatcher = vscode.workspace.createFileSystemWatcher(dockerfiles);
  const manifestWatcher = vscode.workspace.createFileSystemWatcher(manifests);
  watch.push(
    dockerfileWatcher,
    manifestWatcher,
    dockerfileWatcher.onDidCreate((file) => startIf(isDockerfile(file))),
    manifestWatcher.onDidCreate((file) => startIf(dependsOnMcp(file))),
    manifestWatcher.onDidChange((file) => startIf(dependsOnMcp(file))),
    vscode.workspace.onDidOpenTextDocument((document) => startIf(showsDockerfile(document))),
    vscode.workspace.onDidChangeWorkspaceFolders(() => startIf(workspaceHasWork())),
  );
  void startIf(vscode.workspace.textDocuments.some(showsDockerfile) || workspaceHasWork());

  return new vscode.Disposable(end);
}

function showsDockerfile(document: vscode.TextDocument): boolean {
  return document.languageId === 'dockerfile';
}

function isDockerfile(file: vscode.Uri): boolean {
  return kindOf(file.path) === 'dockerfile' && !isIgnored(file);
}

async function workspaceHasWork(): Promise<boolean> {
  const files = await vscode.workspace.findFiles(dockerfiles, ignoredFolders, maxFiles);
  if (files.some(isDockerfile)) return true;
  const candidates = await vscode.workspace.findFiles(manifests, ignoredFolders, maxFiles);
  if (candidates.length === maxFiles) return true;
  const answers = await Promise.all(candidates.map(dependsOnMcp));
  return answers.includes(true);
}

async function dependsOnMcp(manifest: vscode.Uri): Promise<boolean> {
  if (isIgnored(manifest)) return false;
  const text = await readText(manifest);
  return kindOf(manifest.path) === 'package' ? dependencyNames(text).some(isMcpPackage) : namesMcpSdk(text);
}

/** @returns `''` for a file that vanished or may not be read */
async function readText(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}

/** What a package.json depends on, in any way; nothing where it is being typed. */
function dependencyNames(text: string): string[] {
  try {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = JSON.parse(text);
    return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies });
  } catch {
    return [];
  }
}
