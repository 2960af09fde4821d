import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { RawPipe } from '../run/rawPipe.ts';
import { outcome, patience, pause } from '../run/waiting.ts';
import {
  everywhere,
  expectAnswers,
  expectExit,
  NotPermittedError,
  overStdio,
  type Scenario,
  slack,
} from './scenario.ts';

const namespace = ['unshare', '--fork', '--pid', '--mount-proc'];

/** @throws unless the server ends by itself, in time, and without the trace of a crash */
async function expectOrderlyEnd({ server }: RawPipe, ms: number): Promise<void> {
  const exit = await server.exitWithin(ms);
  if (!exit) throw new Error(`no exit within ${ms} ms`);
  if (exit.signal) throw new Error(`killed by ${exit.signal}`);
  if (/Unhandled 'error' event|at .*node:internal/.test(server.log)) throw new Error('it crashed');
  if (server.log.split('\n').length > 50) throw new Error('it fills the log');
}

export const stdioScenarios: readonly Scenario[] = [
  {
    name: 'eof-idle',
    meaning: 'stdin ends (the client closes): exit 0 before the client would send SIGTERM',
    applies: overStdio,
    async run(launcher) {
      const { server, client } = await launcher.start();
      server.asked();
      await outcome(client.close(), 10_000);
      await expectExit(server, 0, 1_900 * patience);
    },
  },
  {
    name: 'eof-in-flight',
    meaning: 'stdin ends during a call: answered, exit 0',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.call(2, 'slow', { ms: 400 });
      await pipe.server.says(/slow: started/);
      pipe.server.asked();
      pipe.stdin.end();
      await expectExit(pipe.server, 0, 1_900 * patience);
      await pause(100);
      const answer = pipe.answer(2);
      if (answer?.result?.content?.[0]?.text !== 'slow done') throw new Error('the call is not answered');
    },
  },
  {
    name: 'eof-long-call',
    meaning: 'stdin ends during a call of 30 s: give-up answer and exit 1 within the 2 s that a client waits',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.call(2, 'slow', { ms: 30_000 });
      await pipe.server.says(/slow: started/);
      pipe.server.asked();
      pipe.stdin.end();
      await expectExit(pipe.server, 1, 2_000);
      await pause(100);
      if (!pipe.answer(2)?.result?.isError) throw new Error('no isError answer');
    },
  },
  {
    name: 'epipe',
    meaning: 'the client stops reading for good: the server ends without a crash',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.stdout.destroy();
      await pause(100);
      pipe.server.asked();
      pipe.call(2, 'quick', {});
      await expectOrderlyEnd(pipe, slack);
    },
  },
  {
    name: 'client-killed',
    meaning: 'the client dies during a call (both pipes break): the server ends without a crash',
    applies: overStdio,
    async run(launcher) {
      const pipe = launcher.startRaw();
      await pipe.initialize();
      pipe.call(2, 'slow', { ms: 500 });
      await pipe.server.says(/slow: started/);
      pipe.server.asked();
      pipe.stdout.destroy();
      pipe.stdin.destroy();
      await expectOrderlyEnd(pipe, 2_000);
    },
  },
  {
    name: 'pid-1',
    meaning: 'as process 1 of a container: SIGTERM drains',
    applies: everywhere,
    async run(launcher) {
      if (!existsSync('/proc') || spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status !== 0) {
        throw new NotPermittedError('unshare --pid is not permitted here');
      }
      const { server, client } = await launcher.start({ wrapper: namespace });
      const call = client.callTool({ name: 'slow', arguments: { ms: 800 } });
      call.catch(() => undefined);
      await server.says(/slow: started/);
      server.signal('SIGTERM');
      await expectAnswers([call], /slow done/);
      await expectExit(server, 0, 800 + slack);
    },
  },
];
