import { Agent, get } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { rawSession } from '../run/http.ts';
import type { Started } from '../run/start.ts';
import { outcome } from '../run/waiting.ts';
import { everywhere, expectExit, overHttp, type Scenario, slack } from './scenario.ts';

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
    applies: everywhere,
    async run(launcher) {
      const { server, connect } = await launcher.start();
      if (overHttp(launcher.target.of)) await connect();
      server.signal('SIGTERM');
      await expectExit(server, 0, slack);
    },
  },
  {
    name: 'get-stream',
    meaning: 'an open GET stream is ended, not cut off, and does not hold up the exit',
    applies: ({ transport, hasSessions }) => transport === 'http' && hasSessions === true,
    async run(launcher) {
      const { server, origin } = await launcher.start();
      const url = launcher.endpoint(origin);
      const session = await rawSession(url);
      const stream = await fetch(url, {
        headers: { ...session, accept: 'text/event-stream' },
      });
      if (stream.status !== 200) throw new Error(`the stream was not opened: HTTP ${stream.status}`);
      const ended = outcome(stream.text(), 10_000);
      server.signal('SIGTERM');
      await expectExit(server, 0, slack);
      const end = await ended;
      if (end.startsWith('error') || end === 'nothing') throw new Error(`the stream was cut off: ${end}`);
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
];
