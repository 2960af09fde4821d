import { dockerfileSnippets, yamlSnippets } from './files.ts';
import type { SnippetFile } from './snippet.ts';
import { sourceSnippets } from './source.ts';

/** The snippet files by their names in snippets/. */
export const snippetFiles: Readonly<Record<string, SnippetFile>> = {
  'dockerfile.json': dockerfileSnippets,
  'javascript.json': sourceSnippets(false),
  'typescript.json': sourceSnippets(true),
  'yaml.json': yamlSnippets,
};
