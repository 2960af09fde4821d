import { describe, expect, test } from 'vitest';
import { codeAfter, fixed, inTool, plain, textOf, withLimit } from '../support/pageServer.ts';

const answer = "return { content: [{ type: 'text', text: await response.text() }] };";

describe('the drain of an inserted handler', () => {
  const tracker = '\nfunction trackToolCalls(server) {\n  console.error(server);\n}';
  const code = (between: string) => `${between}${inTool("await fetch('https://a.example');")}${tracker}`;

  test('counts the calls of a server object that it does not know', async () => {
    const after = await fixed(textOf({ code: code(''), file: 'index.js' }), plain, 'index.js');
    expect(after).toContain("version: '1.0.0' });\ntrackToolCalls(server.server);\nserver.tool('page'");
  });

  test('is told of none twice', async () => {
    const tracked = code('trackToolCalls(server.server);\n');
    const after = await fixed(textOf({ code: tracked, file: 'index.js' }), plain, 'index.js');
    expect(after.match(/trackToolCalls\(server\.server\)/g)).toHaveLength(1);
  });
});

describe('a time limit', () => {
  test('goes around the body of a function, texts of several lines as they are', async () => {
    const code = `async function page({ url }) {\r
	// What is asked for.\r
	const response = await fetch(url, {\r
		body: \`one\r
two\`,\r
	});\r
\r
	${answer}\r
}\r
server.registerTool('page', { inputSchema }, page);`;
    const after = await fixed(
      textOf({ code, file: 'index.js' }).replace(/\r?\n/g, '\r\n'),
      withLimit,
      'index.js',
    );
    expect(after).toContain(`async function page({ url }, extra) {\r
	return withTimeLimit(30_000, extra.signal, async (signal) => {\r
		// What is asked for.\r
		const response = await fetch(url, {\r
			signal,\r
			body: \`one\r
two\`,\r
		});\r
\r
		${answer}\r
	});\r
}\r
`);
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('is heard of by what used the signal before', async () => {
    const code = "server.tool('page', async (extra) => work(extra.signal));";
    expect(await codeAfter({ code }, withLimit)).toBe(
      "server.tool('page', async (extra) => withTimeLimit(30_000, extra.signal, async (signal) => work(signal)));",
    );
  });

  test('is set once', async () => {
    const once = await fixed(textOf({ code: "server.tool('page', async () => read());" }), withLimit);
    expect(await fixed(once, withLimit)).toBe('offered: ');
  });

  test('is not set where something else has its name, nor around a wrapper', async () => {
    const taken = "const withTimeLimit = 5;\nserver.tool('page', async () => read());";
    expect(await codeAfter({ code: taken }, withLimit)).toBe('offered: ');
    const wrapped = "server.tool('page', safely(async () => read()));";
    expect(await codeAfter({ code: wrapped }, withLimit)).toBe('offered: ');
  });

  type Limited = (
    ms: number,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<unknown>,
  ) => Promise<unknown>;
  const helper = async (): Promise<Limited> => {
    const code = "server.tool('page', async () => read());";
    const after = await fixed(textOf({ code }), withLimit, 'index.js');
    return new Function(`${after.slice(after.indexOf('/** Gives'))}; return withTimeLimit;`)();
  };
  const never = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  test('answers with isError, and aborts what runs', async () => {
    let passed: AbortSignal | undefined;
    const text = 'Not finished within 0.01 s.';
    const run = (signal: AbortSignal) => {
      passed = signal;
      return never(signal);
    };
    expect(await (await helper())(10, new AbortController().signal, run)).toEqual({
      isError: true,
      content: [{ type: 'text', text }],
    });
    expect(passed?.aborted).toBe(true);
  });

  test("passes the client's cancellation on, and the answer of a tool that is in time", async () => {
    const client = new AbortController();
    const cancelled = (await helper())(60_000, client.signal, never);
    client.abort(new Error('stopped by the user'));
    await expect(cancelled).rejects.toThrow('stopped by the user');
    expect(await (await helper())(60_000, new AbortController().signal, async () => 'done')).toBe('done');
  });
});
