import { initializeParams, postMcp, postMcpForStream, rawSession, rawSseSession } from '../run/http.ts';
import type { Launcher } from '../run/start.ts';
import { pause } from '../run/waiting.ts';
import { expectExit, overHttp, overStdio, type Scenario, slack } from './scenario.ts';

/** Much more than the 64 KiB of a pipe. */
const pipeBytes = 4_000_000;
/** More than the kernel buffers for a socket on this machine: the server cannot get rid of it all at once. */
const socketBytes = 20_000_000;

const bigCall = {
  id: 7,
  method: 'tools/call',
  params: { name: 'big', arguments: { bytes: socketBytes } },
};

/** Calls the tool with the large answer; resolves with the head of the response that brings it. */
async function callBig(launcher: Launcher, origin: string): Promise<ReadableStream<string>> {
  const url = launcher.endpoint(origin);
  if (launcher.target.of.transport === 'sse') {
    const { messages, stream } = await rawSseSession(url);
    await postMcp(messages, { id: 1, method: 'initialize', params: initializeParams });
    await postMcp(messages, bigCall);
    return stream;
  }
  const session = launcher.target.of.hasSessions ? await rawSession(url) : {};
  return postMcpForStream(url, bigCall, session);
}

/** Reads piece by piece, with a rest after each. @throws when the connection breaks */
async function readSlowly(stream: ReadableStream<string>, onFirst: () => void): Promise<string> {
  const reader = stream.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw new Error(`cut off after ${text.length} characters: ${error}`);
    });
    if (done) return text;
    if (text === '') onFirst();
    text += value;
    await pause(5);
  }
}

export const readingScenarios: readonly Scenario[] = [
  {
    name: 'slow-reader',
    meaning: 'a 20 MB answer to a client that reads slowly is sent to its end',
    applies: overHttp,
    async run(launcher) {
      const { server, origin } = await launcher.start();
      const text = await readSlowly(await callBig(launcher, origin), () => server.signal('SIGTERM'));
      if (!text.includes('x'.repeat(socketBytes))) throw new Error(`cut off after ${text.length} characters`);
      await expectExit(server, 0, 4_000 + slack);
    },
  },
  {
    name: 'never-reads',
    meaning: 'a client that does not read its 20 MB answer holds the exit up until the deadline only: exit 1',
    applies: ({ transport }) => transport === 'http',
    async run(launcher) {
      const { server, origin } = await launcher.start({ env: { DRAIN_TIMEOUT_MS: '700' } });
      const stream = await callBig(launcher, origin);
      server.signal('SIGTERM');
      await expectExit(server, 1, 700 + 5_000 + slack);
      // Used here so that it is not collected before, which would close the connection.
      await stream.cancel().catch(() => undefined);
    },
  },
  {
    name: 'stdio-slow-reader',
    meaning: 'over stdio too, a 4 MB answer to a client that reads slowly is sent to its end',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.call(2, 'big', { bytes: pipeBytes });
      pipe.stdout.once('data', () => {
        pipe.stdout.pause();
        pipe.server.signal('SIGTERM');
        setTimeout(() => pipe.stdout.resume(), 700);
      });
      await expectExit(pipe.server, 0, 700 + slack);
      await pause(100);
      if (!pipe.answer(2)) throw new Error(`cut off after ${pipe.received.length} characters`);
    },
  },
  {
    name: 'stdio-never-reads',
    meaning: 'over stdio, a client that stops reading holds the exit up for a bounded time: exit 1',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw({ env: { DRAIN_TIMEOUT_MS: '700' } });
      await pipe.initialize();
      pipe.call(2, 'big', { bytes: pipeBytes });
      await new Promise((resolve) => pipe.stdout.once('data', resolve));
      pipe.stdout.pause();
      pipe.server.signal('SIGTERM');
      await expectExit(pipe.server, 1, 700 + 5_000 + slack);
    },
  },
];
