import { wordRule } from '../support/handMade.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

/*
 * A repository with a file that says `bad()`, and rules that speak of words: what the language server does with any
 * rule is seen best with the simplest.
 */

export const app = 'file:///repo/src/app.ts';
export const other = 'file:///repo/src/other.ts';
export const rules = [wordRule('bad-word', 'bad'), wordRule('worse-word', 'worse', { severity: 'error' })];

export const manifest = JSON.stringify({
  name: 'x',
  main: 'src/app.ts',
  dependencies: { '@modelcontextprotocol/sdk': '1' },
});

/** A client in that repository. @param options files are added; what else is given replaces */
export function startInWords(options: ClientOptions = {}): Promise<TestClient> {
  const files = { '/repo/package.json': manifest, '/repo/src/app.ts': 'bad();\n', ...options.files };
  return TestClient.start({ rules, ...options, files });
}
