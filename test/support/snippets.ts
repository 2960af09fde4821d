import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the editor inserts for a snippet when every tab stop is accepted as it is. */
export function expanded(body: readonly string[], filled: Readonly<Record<string, string>> = {}): string {
  const escaped = /\\[\\$}]/y;
  const stop = /\$\{(\d+)(?::((?:[^\\}]|\\.)*)|\|([^,|]*)[^|]*\|)\}|\$(\d+)/y;
  const text = body.join('\n');
  let result = '';
  for (let at = 0; at < text.length; ) {
    escaped.lastIndex = at;
    stop.lastIndex = at;
    const found = escaped.exec(text) ?? stop.exec(text);
    if (!found && text[at] === '$') throw new Error(`an unescaped $: ${text.slice(at, at + 40)}`);
    const [all = text[at] ?? '', number, placeholder, choice] = found ?? [];
    const isEscape = all.startsWith('\\');
    result += isEscape
      ? all.slice(1)
      : number
        ? (filled[number] ?? placeholder ?? choice ?? '')
        : found
          ? ''
          : all;
    at += all.length;
  }
  return result;
}

export interface InstalledSnippet {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** The snippets of a file in snippets/. */
export function snippetsIn(file: string): InstalledSnippet[] {
  const text = readFileSync(join(resolve('snippets'), file), 'utf8');
  const all: Record<string, Omit<InstalledSnippet, 'name'>> = JSON.parse(text);
  return Object.entries(all).map(([name, snippet]) => ({ name, ...snippet }));
}
