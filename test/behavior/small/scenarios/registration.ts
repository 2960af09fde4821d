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
];
