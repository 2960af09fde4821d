import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { TestClient } from '../lsp/testClient.ts';

/** What is looked at, and has to be gone after a fix. */
const rulesOf = (title: RegExp) =>
  title.source.includes('cancellable')
    ? ['tool-ignores-cancellation']
    : ['missing-sigterm-handler', 'immediate-exit'];

export interface Fixed {
  /** The files after the fix, by path. */
  readonly texts: Record<string, string>;
  /** Findings that the fix left, or a second fix that is still offered. */
  readonly problem: string | undefined;
}

/** No action of that title is offered. */
export class NoFixError extends Error {}

/**
 * Takes the light bulb: opens every source file, looks for the finding, chooses the action, applies its edit.
 *
 * @param texts all files of the server, by their path from its root
 * @throws {NoFixError} when there is no such action
 */
export async function applyFix(
  texts: Readonly<Record<string, string>>,
  entry: string,
  title: RegExp,
): Promise<Fixed> {
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/repo/${path}`, text]));
  const client = await TestClient.start({ files });
  try {
    const sources = Object.keys(files).filter((path) => /\.[cm]?[jt]s$/.test(path));
    for (const path of sources) await client.open(`file://${path}`, files[path], languageOf(path));
    const action = await offered(client, sources, title);
    if (!action) throw new NoFixError(`no action ${title} is offered for ${entry}`);
    const { edit } = action.edit ? action : await client.resolve(action);
    if (!edit) throw new NoFixError(`"${action.title}" has no edit`);
    await client.apply(edit);
    return { texts: present(client, sources), problem: await leftOver(client, sources, title) };
  } finally {
    client.dispose();
  }
}

function languageOf(path: string): string {
  return path.endsWith('ts') ? 'typescript' : 'javascript';
}

async function findings(client: TestClient, path: string, title: RegExp): Promise<Diagnostic[]> {
  const diagnostics = (await client.diagnostics(`file://${path}`)) ?? [];
  return diagnostics.filter(({ code }) => rulesOf(title).includes(String(code)));
}

async function offered(client: TestClient, paths: readonly string[], title: RegExp) {
  for (const path of paths) {
    const textDocument = { uri: `file://${path}` };
    for (const { range } of await findings(client, path, title)) {
      const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: [] },
      });
      const action = actions.find((each) => title.test(each.title));
      if (action) return action;
    }
  }
  return undefined;
}

/** The texts now, those of created files among them. */
function present(client: TestClient, opened: readonly string[]): Record<string, string> {
  const texts = new Map([...client.disk.files].map(([path, text]) => [path, String(text)]));
  for (const path of opened) texts.set(path, client.document(`file://${path}`).text);
  return Object.fromEntries([...texts].map(([path, text]) => [path.replace('/repo/', ''), text]));
}

async function leftOver(client: TestClient, paths: readonly string[], title: RegExp) {
  const left: string[] = [];
  for (const path of paths) {
    for (const { message } of await findings(client, path, title)) left.push(`${path}: ${message}`);
  }
  if (await offered(client, paths, title)) left.push('the fix is offered again');
  return left.length > 0 ? left.join('\n') : undefined;
}
