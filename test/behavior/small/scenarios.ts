import { initializeParams, postMcp } from '../run/http.ts';
import type { RunningSmall } from './running.ts';

/** What a client, an operator or a load balancer sees. */
export type Observed = Readonly<Record<string, string | number | boolean>>;

/** What is done to a server, and how it must come out without and with the fix. */
interface SmallScenario {
  readonly env: Readonly<Record<string, string>>;
  run(server: RunningSmall): Promise<Observed>;
  isBad(seen: Observed): boolean;
  isGood(seen: Observed): boolean;
}

const callMs = 1_000;

/** One call in flight, one SIGTERM. */
async function stopped(server: RunningSmall): Promise<Observed> {
  const { answer } = await server.callInFlight(callMs);
  server.signal('SIGTERM');
  return { call: await Promise.race([answer, lostIn(12_000)]), end: await server.exitWithin(12_000) };
}

/** A call whose stream was ended without an answer may hang in its client. */
function lostIn(ms: number): Promise<'lost'> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'lost'));
}

const isLost = ({ call }: Observed) => call === 'lost';
const isAnswered = ({ call, end }: Observed) => call === 'answered' && end === 'exit 0';

/** By rule. */
export const scenarios: Readonly<Record<string, SmallScenario>> = {
  'reentrant-shutdown': {
    env: {},
    async run(server) {
      const { answer } = await server.callInFlight(callMs);
      for (let times = 0; times < 3; times += 1) {
        server.signal('SIGTERM');
        await lostIn(100);
      }
      return {
        call: await answer,
        end: await server.exitWithin(12_000),
        runs: server.log.split('stopping').length - 1,
        failsTwice: server.log.includes('more than once'),
      };
    },
    isBad: ({ runs, failsTwice }) => runs === 3 && failsTwice === true,
    isGood: (seen) => isAnswered(seen) && seen.runs === 1 && !seen.failsTwice,
  },
  'deadline-armed-too-late': {
    env: { FAKE_PG: 'hang' },
    run: stopped,
    isBad: ({ end }) => end === 'up',
    isGood: ({ call, end }) => call === 'answered' && end === 'exit 1',
  },
  'unbounded-shutdown': {
    env: {},
    async run(server) {
      await server.openStream();
      return stopped(server);
    },
    isBad: ({ end }) => end === 'up',
    isGood: ({ call, end }) => call === 'answered' && end === 'exit 1',
  },
  'unawaited-cleanup': { env: {}, run: stopped, isBad: isLost, isGood: isAnswered },
  'unreachable-cleanup': {
    env: {},
    run: async (server) => ({ ...(await stopped(server)), isReleased: server.log.includes('[pg] released') }),
    isBad: ({ isReleased }) => isReleased === false,
    isGood: (seen) => isAnswered(seen) && seen.isReleased === true,
  },
  'unguarded-cleanup': {
    env: { FAKE_PG: 'throw' },
    run: async (server) => ({ ...(await stopped(server)), isClosed: server.log.includes('all closed') }),
    isBad: ({ isClosed }) => isClosed === false,
    isGood: (seen) => isAnswered(seen) && seen.isClosed === true,
  },
  'health-check-stays-healthy': {
    env: {},
    async run(server) {
      const { answer } = await server.callInFlight(callMs);
      server.signal('SIGTERM');
      await lostIn(200);
      const health = (await fetch(`${await server.origin()}/health`)).status;
      return { health, call: await answer, end: await server.exitWithin(12_000) };
    },
    isBad: ({ health }) => health === 200,
    isGood: (seen) => isAnswered(seen) && seen.health === 503,
  },
  'accepts-requests-while-draining': {
    env: {},
    async run(server) {
      const { answer } = await server.callInFlight(callMs);
      server.signal('SIGTERM');
      await lostIn(200);
      const url = new URL('/mcp', await server.origin());
      const late = await postMcp(url, { id: 7, method: 'initialize', params: initializeParams });
      const text = await late.text();
      return {
        late: late.status,
        isJsonRpc: /"jsonrpc":"2\.0".*"code":-32000.*"id":7/.test(text),
        retry: late.headers.get('retry-after') ?? '',
        call: await answer,
        end: await server.exitWithin(12_000),
      };
    },
    isBad: ({ late }) => late === 200,
    isGood: (seen) => isAnswered(seen) && seen.late === 503 && seen.isJsonRpc === true && seen.retry === '1',
  },
  'cleanup-before-drain': { env: {}, run: stopped, isBad: isLost, isGood: isAnswered },
  'drain-counts-sessions': {
    env: {},
    async run(server) {
      const { answer } = await server.callInFlight(callMs);
      server.signal('SIGTERM');
      return { call: await answer, end: await server.exitWithin(3_000) };
    },
    isBad: ({ end }) => end === 'up',
    isGood: isAnswered,
  },
};
