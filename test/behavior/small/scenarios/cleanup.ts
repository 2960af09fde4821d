import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SmallRun } from '../running.ts';
import { callMs, isAnswered, isLost, type Observed, type SmallScenario, stopped } from '../scenario.ts';

const isForced = ({ call, end }: Observed) => call === 'answered' && end === 'exit 1';

/** At the end Nest sends itself the signal again. */
const isReleasedByNest = ({ call, end, isReleased }: Observed) =>
  call === 'answered' && end === 'exit SIGTERM' && isReleased === true;

/** The database is released, behind the call. */
const releases = {
  async run(launcher) {
    const run = await SmallRun.start(launcher);
    return { ...(await stopped(run)), isReleased: run.log.includes('[pg] released') };
  },
  isBad: ({ isReleased }) => isReleased === false,
  isGood: (seen) => isAnswered(seen) && seen.isReleased === true,
} satisfies Partial<SmallScenario>;

/** A release that fails keeps nothing from being closed. */
const goesOn = {
  async run(launcher) {
    const run = await SmallRun.start(launcher, { FAKE_PG: 'throw' });
    return { ...(await stopped(run)), isClosed: run.log.includes('all closed') };
  },
  isBad: ({ isClosed }) => isClosed === false,
  isGood: (seen) => isAnswered(seen) && seen.isClosed === true,
} satisfies Partial<SmallScenario>;

/** All that winston was given is in its file. */
const writesAll = {
  async run(launcher) {
    const seen = await stopped(await SmallRun.start(launcher));
    const written = readFileSync(join(launcher.target.folder, 'audit.log'), 'utf8');
    return { ...seen, entries: written.split('\n').filter((line) => line.includes('entry')).length };
  },
  isBad: ({ entries }) => Number(entries) < 5_000,
  isGood: (seen) => isAnswered(seen) && seen.entries === 5_000,
} satisfies Partial<SmallScenario>;

export const cleanupScenarios: readonly SmallScenario[] = [
  {
    name: 'unawaited-cleanup',
    rule: 'unawaited-cleanup',
    meaning: 'it waits for the call, and for the close behind it, which an open stream does not hold up',
    shapes: ['express.js', 'express.ts', 'fastify.ts', 'hono.ts', 'koa.js', 'http.ts'],
    core: ['hono.ts'],
    async run(launcher) {
      const run = await SmallRun.start(launcher);
      await run.openStream();
      const { answer } = await run.callInFlight(callMs);
      run.signal('SIGTERM');
      return { call: await answer, end: await run.exitWithin(2_000) };
    },
    isBad: isLost,
    isGood: isAnswered,
  },
  {
    name: 'deadline-armed-too-late',
    rule: 'deadline-armed-too-late',
    meaning: 'a database that never closes holds the exit up until the timer only',
    shapes: ['express.js', 'fastify.ts', 'stdio.js'],
    run: async (launcher) => stopped(await SmallRun.start(launcher, { FAKE_PG: 'hang' })),
    isBad: ({ end }) => end === 'up',
    isGood: isForced,
  },
  {
    name: 'unbounded-shutdown',
    rule: 'unbounded-shutdown',
    meaning:
      'a client with an open stream, or a database that never closes, holds the exit up until the new timer only',
    shapes: ['express.js', 'http.ts', 'fastmcp.ts', 'fastmcp.js'],
    async run(launcher) {
      const run = await SmallRun.start(launcher, { FAKE_PG: 'hang' });
      await run.openStream();
      return stopped(run);
    },
    isBad: ({ end }) => end === 'up',
    isGood: isForced,
  },
  {
    name: 'unreachable-cleanup',
    rule: 'unreachable-cleanup',
    meaning: 'what stood behind the exit runs before it: the database is released',
    shapes: ['express.js', 'stdio.ts'],
    ...releases,
  },
  {
    name: 'unguarded-cleanup',
    rule: 'unguarded-cleanup',
    meaning: 'a release that fails does not keep the later steps from running',
    shapes: ['express.js', 'koa.js', 'stdio.ts'],
    ...goesOn,
  },
  {
    name: 'unguarded-cleanup-in-chain',
    rule: 'unguarded-cleanup',
    meaning: 'the same where the steps are links of a chain of promises',
    shapes: ['fastify.ts', 'stdio.ts'],
    ...goesOn,
  },
  {
    name: 'unguarded-cleanup-logged',
    rule: 'unguarded-cleanup',
    meaning: "a release that fails is told of by the handler's own logger, winston",
    shapes: ['express.ts', 'stdio.js'],
    async run(launcher) {
      const run = await SmallRun.start(launcher, { FAKE_PG: 'throw' });
      const seen = await stopped(run);
      const told = /\{[^\n]*pool\.end[^\n]*\}/.exec(run.log)?.[0] ?? '';
      return { ...seen, isClosed: run.log.includes('all closed'), isTold: told.includes('"level":"error"') };
    },
    isBad: ({ isClosed }) => isClosed === false,
    isGood: (seen) => isAnswered(seen) && seen.isClosed === true && seen.isTold === true,
  },
  {
    name: 'resource-not-closed',
    rule: 'resource-not-closed',
    meaning: 'the database that was forgotten is released, and not before the call is answered',
    shapes: ['express.js', 'fastify.ts', 'stdio.ts'],
    ...releases,
  },
  {
    name: 'resource-not-closed-in-chain',
    rule: 'resource-not-closed',
    meaning: 'the same where the exit stands in a callback, or at the end of a chain of promises',
    shapes: ['express.js', 'fastify.ts', 'stdio.ts'],
    ...releases,
  },
  {
    name: 'resource-not-closed-in-provider',
    rule: 'resource-not-closed',
    meaning: 'the database of a provider that has no hook is released, and not before the call is answered',
    shapes: ['nest.ts'],
    ...releases,
    isGood: isReleasedByNest,
  },
  {
    name: 'resource-not-closed-in-hook',
    rule: 'resource-not-closed',
    meaning: 'the same where the provider opens it later, and has a hook that does not wait yet',
    shapes: ['nest.ts'],
    ...releases,
    isGood: isReleasedByNest,
  },
  {
    name: 'audit-log-not-flushed',
    rule: 'audit-log-not-flushed',
    meaning: 'of 5,000 entries that winston was given none is missing in the file',
    shapes: ['express.ts', 'stdio.js'],
    ...writesAll,
  },
  {
    name: 'audit-log-not-flushed-in-chain',
    rule: 'audit-log-not-flushed',
    meaning: 'the same where the exit stands at the end of a chain of promises',
    shapes: ['express.ts', 'stdio.js'],
    ...writesAll,
  },
  {
    name: 'audit-log-not-flushed-in-class',
    rule: 'audit-log-not-flushed',
    meaning: 'the same where a class keeps the logger to itself, and gets a method for it',
    shapes: ['express.ts', 'stdio.js'],
    ...writesAll,
  },
];
