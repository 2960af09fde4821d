import type { DocumentFilter } from 'vscode';

/** Where a text may come from: the disk, a new unsaved document, a repository that is read over the network. */
const schemes = ['file', 'untitled', 'vscode-vfs'];

export const languages = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'dockerfile',
  'shellscript',
];

const configurationFiles = ['**/package.json', '**/mcp-shutdown.json'];

/** Files that say how a server is run, whatever language the editor takes them for (`dockercompose`, `helm`). */
const deploymentFiles = [
  '**/*.{yml,yaml}',
  '**/{fly*,railway}.toml',
  '**/{railway.json,*task-def*.json,*task_def*.json,*taskdef*.json}',
  '**/{Procfile,Makefile,makefile,GNUmakefile}',
  '**/*.{sh,bash,mk,service,nomad,hcl}',
];

/** The documents that the language server is told of. Without the schemes it would also get those of a diff view. */
export const documentSelector: (DocumentFilter & { language?: string; scheme: string; pattern?: string })[] =
  schemes.flatMap((scheme) => [
    ...languages.map((language) => ({ scheme, language })),
    ...[...configurationFiles, ...deploymentFiles].map((pattern) => ({ scheme, pattern })),
  ]);
