import type { CodeAction } from 'vscode-languageserver/node';
import { TestClient } from '../lsp/testClient.ts';
import { Random } from '../support/random.ts';
import { type FuzzInput, filesOf } from './inputs.ts';

const root = '/repo';
const hovers = 4;
const maxActions = 12;

/**
 * Opens the well-formed text, edits it into the input's as one typed change, hovers here and there and takes what
 * the light bulb offers.
 * @param expected the rules that speak of the file, in the order of their findings
 * @returns what went wrong: an error in the log, or other findings than the core's
 */
export async function tryEditor(input: FuzzInput, expected: readonly string[]): Promise<string[]> {
  const files = filesOf({ ...input, text: input.before.get(input.path) ?? '' }, root);
  const client = await TestClient.start({ files });
  try {
    const uri = `file://${root}/${input.path}`;
    await client.open(uri);
    await edit(client, uri, input.text);
    const codes = ((await client.codes(uri)) ?? []).map(String);
    const problems =
      codes.join() === expected.join() ? [] : [`the editor shows [${codes}], the core finds [${expected}]`];
    await hoverAround(client, uri, new Random(input.variant));
    await takeActions(client, uri);
    const errors = client.statuses.filter(({ state }) => state === 'error').map(({ message }) => message);
    return [...problems, ...client.logged, ...errors.map((message) => `status: ${message}`)];
  } finally {
    client.dispose();
  }
}

/** Sends what lies between the first and the last difference. */
async function edit(client: TestClient, uri: string, after: string): Promise<void> {
  const before = client.document(uri).text;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  // No editor puts a caret inside a character or a line ending.
  while (start > 0 && /[\r\uD800-\uDBFF]/.test(before[start - 1]!)) start -= 1;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  while (tail > 0 && /[\n\uDC00-\uDFFF]/.test(before.at(-tail)!)) tail -= 1;
  await client.change(uri, start, before.length - tail, after.slice(start, after.length - tail));
}

async function hoverAround(client: TestClient, uri: string, random: Random): Promise<void> {
  const places = (await client.diagnostics(uri))?.map(({ range }) => range.start) ?? [];
  const lines = client.document(uri).text.split('\n');
  for (let left = hovers; left > 0; left -= 1) {
    const line = random.below(lines.length);
    places.push({ line, character: random.below(lines[line]!.length + 2) });
  }
  for (const position of places.slice(0, 2 * hovers)) {
    await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }
}

/** Resolves all that is offered for the whole text and applies the last one that has an edit. */
async function takeActions(client: TestClient, uri: string): Promise<void> {
  const range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  let last: CodeAction['edit'];
  for (const action of actions.slice(0, maxActions)) last = (await client.resolve(action)).edit ?? last;
  if (last) await client.apply(last);
  await client.settled();
}
