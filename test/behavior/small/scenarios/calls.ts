import { later, SmallRun } from '../running.ts';
import { callMs, isAnswered, isLost, patienceMs, type SmallScenario, stopped } from '../scenario.ts';

/** What the handler is that the full fix inserts, the behavior of whole servers tells; here its other occasions. */
export const callScenarios: readonly SmallScenario[] = [
  {
    name: 'immediate-exit',
    rule: 'immediate-exit',
    meaning: 'it waits for the call before it exits: the call is answered',
    shapes: ['express.js', 'koa.js', 'stdio.ts'],
    run: async (launcher) => stopped(await SmallRun.start(launcher)),
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'signal-swallowed',
    rule: 'signal-swallowed',
    meaning: 'it exits, when the call is answered',
    shapes: ['fastify.ts', 'http.ts', 'stdio.js'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      const { answer } = await run.callInFlight(callMs);
      run.signal('SIGTERM');
      return { call: await answer, end: await run.exitWithin(4_000) };
    },
    isBad: ({ end }) => end === 'up',
    isGood: isAnswered,
  },
  {
    name: 'stdin-close-ignored',
    rule: 'stdin-close-ignored',
    meaning: 'the client closes stdin: exit 0 before it would send SIGTERM',
    shapes: ['stdio.ts', 'stdio.js'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      await run.closeClient();
      return { end: await run.exitWithin(patienceMs) };
    },
    isBad: ({ end }) => end === 'exit SIGTERM',
    isGood: ({ end }) => end === 'exit 0',
  },
  {
    name: 'exit-in-tool-call',
    rule: 'exit-in-tool-call',
    meaning: 'a bad argument fails its own call only: another call is answered, the server goes on',
    shapes: ['express.js', 'stdio.ts'],
    core: ['stdio.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      const { answer } = await run.callInFlight(callMs);
      const bad = await run.call('find', { id: 'x' });
      return { bad, call: await answer, end: await run.exitWithin(0) };
    },
    isBad: ({ call, end }) => call === 'lost' && end === 'exit 1',
    isGood: ({ bad, call, end }) => bad === 'lost' && call === 'answered' && end === 'up',
  },
  {
    name: 'tool-ignores-cancellation',
    rule: 'tool-ignores-cancellation',
    meaning: 'a call that the client cancels goes no further',
    shapes: ['fastify.ts', 'hono.ts', 'koa.js', 'stdio.js'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      await run.cancelledCall(1_000);
      await later(undefined, 1_500);
      return { isFinished: run.log.includes('slow: finished') };
    },
    isBad: ({ isFinished }) => isFinished === true,
    isGood: ({ isFinished }) => isFinished === false,
  },
];
