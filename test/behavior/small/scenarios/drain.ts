import { endOf, later, pipeWithCall, SmallRun } from '../running.ts';
import {
  callMs,
  isAnswered,
  isLost,
  lookedAtWhileStopping,
  patienceMs,
  type SmallScenario,
  stopped,
} from '../scenario.ts';

export const drainScenarios: readonly SmallScenario[] = [
  {
    name: 'in-flight-calls-dropped',
    rule: 'in-flight-calls-dropped',
    meaning:
      'it waits for the call before it closes anything: the call is answered, and all is closed behind it',
    shapes: [
      'express.js',
      'express.ts',
      'fastify.ts',
      'hono.ts',
      'koa.js',
      'http.ts',
      'fastmcp.ts',
      'fastmcp.js',
      'nest.ts',
      'stdio.ts',
      'stdio.js',
    ],
    core: ['hono.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      return { ...(await stopped(run)), isClosed: run.log.includes('all closed') };
    },
    isBad: isLost,
    isGood: (seen) => isAnswered(seen) && seen.isClosed === true,
  },
  {
    name: 'in-flight-calls-dropped-on-both',
    rule: 'in-flight-calls-dropped',
    meaning:
      'SIGINT and SIGTERM have handlers of their own, and come both: one waits for the call, and all is closed once',
    shapes: ['express.ts', 'koa.js', 'stdio.js'],
    core: ['express.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      const { answer } = await run.callInFlight(callMs);
      run.signal('SIGINT');
      await later(undefined, 200);
      run.signal('SIGTERM');
      return {
        call: await answer,
        end: await run.exitWithin(patienceMs),
        closings: run.log.split('all closed').length - 1,
      };
    },
    isBad: isLost,
    isGood: (seen) => isAnswered(seen) && seen.closings === 1,
  },
  {
    name: 'signal-swallowed-closing',
    rule: 'signal-swallowed',
    meaning: 'the call is answered, all is closed, and then it exits',
    shapes: ['express.js', 'http.ts', 'koa.js', 'stdio.ts', 'stdio.js'],
    core: ['stdio.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      return { ...(await stopped(run)), isClosed: run.log.includes('all closed') };
    },
    isBad: (seen) => isLost(seen) && seen.end === 'up',
    isGood: (seen) => isAnswered(seen) && seen.isClosed === true,
  },
  {
    name: 'stdin-close-ignored-handled',
    rule: 'stdin-close-ignored',
    meaning: 'the client closes stdin behind its request: the answer comes, all is closed, exit 0',
    shapes: ['stdio.ts', 'stdio.js'],
    async run(launcher) {
      const pipe = await pipeWithCall(launcher, callMs);
      pipe.stdin.end();
      const end = await endOf(pipe.server, 4_000);
      return {
        end,
        call: pipe.answer(2) ? 'answered' : 'lost',
        isClosed: pipe.server.log.includes('all closed'),
      };
    },
    isBad: ({ end }) => end === 'up',
    isGood: (seen) => isAnswered(seen) && seen.isClosed === true,
  },
  {
    name: 'cleanup-before-drain',
    rule: 'cleanup-before-drain',
    meaning: 'what calls need is closed behind the wait for them: the call is answered',
    shapes: ['express.js', 'fastify.ts', 'stdio.ts'],
    core: ['stdio.ts'],
    run: async (launcher) => stopped(await SmallRun.start(launcher)),
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'drain-counts-sessions',
    rule: 'drain-counts-sessions',
    meaning: 'with a client connected it exits when the call is answered, not at the end of its wait',
    shapes: ['express.js', 'express.ts', 'fastify.ts', 'hono.ts', 'koa.js', 'http.ts'],
    core: ['express.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      const { answer } = await run.callInFlight(callMs);
      run.signal('SIGTERM');
      return { call: await answer, end: await run.exitWithin(3_000) };
    },
    isBad: ({ end }) => end === 'up',
    isGood: isAnswered,
  },
  {
    name: 'health-check-stays-healthy',
    rule: 'health-check-stays-healthy',
    meaning: 'while it waits for the call the health route answers 503',
    shapes: ['express.js', 'express.ts', 'fastify.ts', 'hono.ts', 'koa.js', 'http.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      return lookedAtWhileStopping(run, async () => ({ health: await run.health() }));
    },
    isBad: ({ health }) => health === 200,
    isGood: (seen) => isAnswered(seen) && seen.health === 503,
  },
  {
    name: 'accepts-requests-while-draining',
    rule: 'accepts-requests-while-draining',
    meaning: 'while it waits a new client gets 503, with a JSON-RPC error and Retry-After',
    shapes: ['express.js', 'express.ts', 'fastify.ts', 'hono.ts', 'koa.js', 'http.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      return lookedAtWhileStopping(run, async () => {
        const late = await run.lateClient();
        const isJsonRpc = /"jsonrpc":"2\.0".*"code":-32000.*"id":7/.test(await late.text());
        return { late: late.status, isJsonRpc, retry: late.headers.get('retry-after') ?? '' };
      });
    },
    isBad: ({ late }) => late === 200,
    isGood: (seen) => isAnswered(seen) && seen.late === 503 && seen.isJsonRpc === true && seen.retry === '1',
  },
  ...(['reentrant-shutdown', 'reentrant-shutdown-in-class'] as const).map(
    (name): SmallScenario => ({
      name,
      rule: 'reentrant-shutdown',
      meaning: 'SIGTERM three times: one run, the call is answered, nothing is released twice',
      shapes:
        name === 'reentrant-shutdown' ? ['express.js', 'hono.ts', 'stdio.ts'] : ['express.ts', 'stdio.js'],
      core: ['stdio.ts'],
      async run(launcher) {
        const run = await SmallRun.start(launcher);
        const { answer } = await run.callInFlight(callMs);
        for (let times = 0; times < 3; times += 1) {
          run.signal('SIGTERM');
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return {
          call: await answer,
          end: await run.exitWithin(patienceMs),
          runs: run.log.split('stopping').length - 1,
          failsTwice: run.log.includes('more than once'),
        };
      },
      isBad: ({ runs, failsTwice }) => runs === 3 && failsTwice === true,
      isGood: (seen) => isAnswered(seen) && seen.runs === 1 && !seen.failsTwice,
    }),
  ),
];
