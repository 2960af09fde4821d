import { SmallRun } from '../running.ts';
import { isAnswered, isLost, type SmallScenario, stopped } from '../scenario.ts';

export const registrationScenarios: readonly SmallScenario[] = [
  {
    name: 'missing-sigterm-handler',
    rule: 'missing-sigterm-handler',
    title: /^Register the SIGINT handler for SIGTERM too$/,
    meaning: 'SIGTERM does what SIGINT does: the call is answered',
    shapes: ['fastify.ts', 'stdio.js'],
    core: ['stdio.js'],
    run: async (launcher) => stopped(await SmallRun.start(launcher)),
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'missing-sigint-handler',
    rule: 'missing-sigint-handler',
    meaning: 'SIGINT does what SIGTERM does: the call is answered',
    shapes: ['express.ts', 'stdio.js'],
    run: async (launcher) => stopped(await SmallRun.start(launcher), 'SIGINT'),
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'handler-registered-repeatedly',
    rule: 'handler-registered-repeatedly',
    meaning: 'with two clients the handler runs once: the call is answered, nothing is released twice',
    shapes: ['express.js', 'hono.ts', 'http.ts'],
    core: ['http.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      await run.anotherClient();
      return { ...(await stopped(run)), runs: run.log.split('stopping').length - 1 };
    },
    isBad: ({ runs }) => runs === 2,
    isGood: (seen) => isAnswered(seen) && seen.runs === 1,
  },
  {
    name: 'competing-signal-handlers',
    rule: 'competing-signal-handlers',
    meaning: 'the handler that waits is the one that exits: the call is answered',
    shapes: ['express.ts', 'fastify.ts', 'stdio.js'],
    core: ['stdio.js'],
    run: async (launcher) => stopped(await SmallRun.start(launcher)),
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'uncatchable-signal',
    rule: 'uncatchable-signal',
    meaning: 'the server starts, and its other listeners are registered: the call is answered',
    shapes: ['express.js', 'stdio.ts'],
    async run(launcher) {
      try {
        return { starts: true, ...(await stopped(await SmallRun.start(launcher))) };
      } catch {
        return { starts: false };
      }
    },
    isBad: ({ starts, call }) => starts === false || call === 'lost',
    isGood: isAnswered,
  },
];
