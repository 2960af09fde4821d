import { Agent, get } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { postMcp, rawSession } from '../run/http.ts';
import type { Started } from '../run/start.ts';
import { expectExit, overHttp, overStdio, type Scenario, slack } from './scenario.ts';

/** Leaves a keep-alive socket behind that has served one request. */
function keepAlive(origin: string): Promise<Agent> {
  const agent = new Agent({ keepAlive: true });
  return new Promise((resolve, reject) => {
    get(`${origin}/health`, { agent }, (response) => {
      response.resume().once('end', () => resolve(agent));
    }).once('error', reject);
  });
}

function openedSocket({ origin }: Started): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(new URL(origin).port), '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

export const idleScenarios: readonly Scenario[] = [
  {
    name: 'idle',
    meaning: 'SIGTERM with idle sessions: prompt exit 0',
    applies: () => true,
    async run(launcher) {
      const { server, connect } = await launcher.start();
      if (overHttp(launcher.target.of)) await connect();
      server.signal('SIGTERM');
      await expectExit(server, 0, slack);
    },
  },
  {
    name: 'get-stream',
    meaning: 'an open GET stream does not hold up the exit',
    applies: ({ transport, hasSessions }) => transport === 'http' && hasSessions === true,
    async run(launcher) {
      const { server, origin } = await launcher.start();
      const url = new URL(launcher.target.of.endpoint ?? '/mcp', origin);
      const session = await rawSession(url);
      const stream = await fetch(url, {
        headers: { ...session, accept: 'text/event-stream' },
      });
      if (stream.status !== 200) throw new Error(`the stream was not opened: HTTP ${stream.status}`);
      server.signal('SIGTERM');
      await expectExit(server, 0, slack);
    },
  },
  {
    name: 'sockets',
    meaning: 'keep-alive sockets and one that was never used do not hold up the exit',
    applies: overHttp,
    async run(launcher) {
      const started = await launcher.start();
      const agent = await keepAlive(started.origin);
      const socket = await openedSocket(started);
      socket.on('error', () => undefined);
      started.server.signal('SIGTERM');
      await expectExit(started.server, 0, slack);
      agent.destroy();
      socket.destroy();
    },
  },
  {
    name: 'slow-reader',
    meaning: 'a 4 MB answer to a client that reads slowly is sent to its end',
    applies: ({ transport }) => transport === 'http',
    async run(launcher) {
      const { server, origin } = await launcher.start();
      const url = new URL(launcher.target.of.endpoint ?? '/mcp', origin);
      const session = launcher.target.of.hasSessions ? await rawSession(url) : {};
      const params = { name: 'big', arguments: { bytes: 4_000_000 } };
      const response = await postMcp(url, { id: 7, method: 'tools/call', params }, session);
      const reader = response.body!.getReader();
      let text = '';
      const decoder = new TextDecoder();
      for (let chunks = 0; ; chunks += 1) {
        const { done, value } = await reader.read().catch((error) => {
          throw new Error(`cut off after ${text.length} characters: ${error}`);
        });
        if (done) break;
        text += decoder.decode(value, { stream: true });
        if (chunks === 0) server.signal('SIGTERM');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      if (!text.includes('x'.repeat(4_000_000))) throw new Error(`cut off after ${text.length} characters`);
      await expectExit(server, 0, 4_000 + slack);
    },
  },
  {
    name: 'stdio-slow-reader',
    meaning: 'the same over stdio',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.call(2, 'big', { bytes: 4_000_000 });
      pipe.stdout.once('data', () => {
        pipe.stdout.pause();
        pipe.server.signal('SIGTERM');
        setTimeout(() => pipe.stdout.resume(), 700);
      });
      await expectExit(pipe.server, 0, 700 + slack);
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (!pipe.answer(2)) throw new Error(`cut off after ${pipe.received.length} characters`);
    },
  },
];
