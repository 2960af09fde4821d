import type { Launcher, Started } from '../run/start.ts';
import { pause } from '../run/waiting.ts';
import { everywhere, expectAnswers, expectExit, overHttp, type Scenario, slack } from './scenario.ts';

const callMs = 800;

/** Three calls in flight, over HTTP from two clients. */
async function threeCalls(started: Started, isHttp: boolean) {
  const other = isHttp ? await started.connect() : started.client;
  const calls = [started.client, started.client, other].map((client) =>
    client.callTool({ name: 'slow', arguments: { ms: callMs } }),
  );
  for (const call of calls) call.catch(() => undefined);
  await started.server.says(/slow: started/, 3);
  return calls;
}

/** Stops a server that has three calls in flight and wants all of them answered. */
async function drains(launcher: Launcher, stop: (started: Started) => Promise<void> | void): Promise<void> {
  const started = await launcher.start();
  const calls = await threeCalls(started, overHttp(launcher.target.of));
  await stop(started);
  await expectAnswers(calls, /slow done/);
  await expectExit(started.server, 0, callMs + slack);
}

export const drainScenarios: readonly Scenario[] = [
  {
    name: 'in-flight',
    meaning: 'SIGTERM with three calls in flight: all answered, exit 0',
    applies: everywhere,
    run: (launcher) => drains(launcher, ({ server }) => server.signal('SIGTERM')),
  },
  {
    name: 'sigterm-repeated',
    meaning: 'SIGTERM three times at once and again later: still all answered, exit 0',
    applies: everywhere,
    run: (launcher) =>
      drains(launcher, async ({ server }) => {
        for (let times = 0; times < 3; times += 1) server.signal('SIGTERM');
        await pause(300);
        server.signal('SIGTERM');
      }),
  },
  {
    name: 'sigint',
    meaning: 'SIGINT (twice at once, as npm passes on Ctrl+C) drains too',
    applies: everywhere,
    run: (launcher) =>
      drains(launcher, async ({ server }) => {
        server.signal('SIGINT');
        await pause(50);
        server.signal('SIGINT');
      }),
  },
  {
    name: 'sigint-again',
    meaning: 'a second SIGINT after more than a second ends the wait: exit 130',
    applies: everywhere,
    async run(launcher) {
      const { server, client } = await launcher.start();
      client.callTool({ name: 'slow', arguments: { ms: 20_000 } }).catch(() => undefined);
      await server.says(/slow: started/);
      server.signal('SIGINT');
      await pause(1_300);
      server.signal('SIGINT');
      await expectExit(server, 130, 1_300 + 1_500);
    },
  },
  {
    name: 'client-gone',
    meaning: 'a client that left during its call does not hold up the exit',
    applies: overHttp,
    async run(launcher) {
      const { server, client, connect } = await launcher.start();
      const gone = await connect();
      gone.callTool({ name: 'slow', arguments: { ms: callMs } }).catch(() => undefined);
      await server.says(/slow: started/);
      await gone.close();
      const call = client.callTool({ name: 'slow', arguments: { ms: callMs } });
      call.catch(() => undefined);
      await server.says(/slow: started/, 2);
      server.signal('SIGTERM');
      await expectAnswers([call], /slow done/);
      await expectExit(server, 0, callMs + slack);
    },
  },
];
