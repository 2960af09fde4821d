/** A snippet as VS Code's snippet files have it. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** A snippet file: the snippets by the name that the editor shows. */
export type SnippetFile = Readonly<Record<string, Snippet>>;

/**
 * A snippet of a text that is escaped but for its tab stops: `⟦1:text⟧` for one with a text to start from, `⟦1|a,b⟧`
 * for a choice. One that is named again is filled in with the first. The cursor ends up behind it all.
 */
export function snippet(prefix: string, description: string, text: string): Snippet {
  const body = text
    .replace(/[\\$}]/g, '\\$&')
    .replace(/⟦(\d+:[^⟧]*)⟧/g, (_, stop: string) => `\${${stop}}`)
    .replace(/⟦(\d+\|[^⟧]*)⟧/g, (_, choice: string) => `\${${choice}|}`)
    .split('\n');
  return { prefix, description, body: [...body, '$0'] };
}
