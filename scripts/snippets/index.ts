import { dockerfileSnippets, yamlSnippets } from './files.ts';
import type { Snippet, SnippetFile } from './snippet.ts';
import { sourceSnippets } from './source.ts';

const files: Readonly<Record<string, SnippetFile>> = {
  'dockerfile.json': dockerfileSnippets,
  'javascript.json': sourceSnippets(false),
  'typescript.json': sourceSnippets(true),
  'yaml.json': yamlSnippets,
};

/** The texts of the snippet files, by their names in snippets/. */
export const snippetFiles: ReadonlyMap<string, string> = new Map(
  Object.entries(files).map(([name, file]) => [name, asJson(file)]),
);

/** As the formatter writes it: a body that fits on a line stands on one. */
function asJson(file: SnippetFile): string {
  const members = Object.entries(file).map(
    ([name, snippet]) => `  ${JSON.stringify(name)}: {\n${fieldsOf(snippet)}\n  }`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

function fieldsOf({ prefix, description, body }: Snippet): string {
  const lines = body.map((line) => JSON.stringify(line));
  const short = `    "body": [${lines.join(', ')}]`;
  const long = `    "body": [\n${lines.map((line) => `      ${line}`).join(',\n')}\n    ]`;
  return [
    `    "prefix": ${JSON.stringify(prefix)}`,
    `    "description": ${JSON.stringify(description)}`,
    short.length <= 110 ? short : long,
  ].join(',\n');
}
