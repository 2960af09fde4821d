import type { Launcher } from '../run/start.ts';
import {
  everywhere,
  expectAnswers,
  expectErrorAnswer,
  expectExit,
  type Scenario,
  slack,
} from './scenario.ts';

const drainMs = 700;
/** Where no deployment says how long the platform waits. */
const defaultMs = 5_000;
const unusable = ['30s', '3e9', '', '-5'];

/** A call that outlasts the drain timeout. */
async function passDeadline(launcher: Launcher, tool: string, timeout?: number): Promise<string> {
  const env: Record<string, string> = timeout === undefined ? {} : { DRAIN_TIMEOUT_MS: String(timeout) };
  const { server, client } = await launcher.start({ env });
  const call = client.callTool({ name: tool, arguments: { ms: 30_000 } });
  call.catch(() => undefined);
  await server.says(new RegExp(`${tool}: started`));
  server.signal('SIGTERM');
  await expectErrorAnswer(call);
  await expectExit(server, 1, (timeout ?? defaultMs) + slack);
  return server.log;
}

async function drainsWith(launcher: Launcher, timeout: string, isWarned: boolean): Promise<void> {
  const { server, client } = await launcher.start({ env: { DRAIN_TIMEOUT_MS: timeout } });
  const call = client.callTool({ name: 'slow', arguments: { ms: 600 } });
  call.catch(() => undefined);
  await server.says(/slow: started/);
  server.signal('SIGTERM');
  await expectAnswers([call], /slow done/);
  await expectExit(server, 0, 600 + slack);
  if (server.log.includes('DRAIN_TIMEOUT_MS') !== isWarned) {
    throw new Error(`"${timeout}" is ${isWarned ? 'not ' : ''}warned about`);
  }
}

export const deadlineScenarios: readonly Scenario[] = [
  {
    name: 'deadline-honoured',
    meaning: 'a call past the deadline that listens to its signal: cancelled, isError answer, exit 1',
    applies: everywhere,
    async run(launcher) {
      const log = await passDeadline(launcher, 'patient', drainMs);
      if (!log.includes('patient: cancelled')) throw new Error('the tool was not told through its signal');
    },
  },
  {
    name: 'deadline-ignored',
    meaning: 'a call past the deadline that ignores its signal: give-up answer, exit 1',
    applies: everywhere,
    run: async (launcher) => void (await passDeadline(launcher, 'slow', drainMs)),
  },
  {
    name: 'timeout-zero',
    meaning: 'DRAIN_TIMEOUT_MS=0 waits for nothing and still answers',
    applies: everywhere,
    run: async (launcher) => void (await passDeadline(launcher, 'patient', 0)),
  },
  {
    name: 'timeout-default',
    meaning: 'without DRAIN_TIMEOUT_MS calls have 5 s',
    applies: everywhere,
    async run(launcher) {
      const start = performance.now();
      await passDeadline(launcher, 'slow');
      const ms = performance.now() - start;
      if (ms < defaultMs) throw new Error(`given up within ${Math.round(ms)} ms of the start`);
    },
  },
  {
    name: 'timeout-largest',
    meaning: 'DRAIN_TIMEOUT_MS=2147483647, the longest that a timer can wait: drains',
    applies: everywhere,
    run: (launcher) => drainsWith(launcher, '2147483647', false),
  },
  {
    name: 'timeout-unusable',
    meaning: `DRAIN_TIMEOUT_MS of ${unusable.map((text) => `"${text}"`).join(', ')}: warned about, default used`,
    applies: everywhere,
    async run(launcher) {
      for (const text of unusable) await drainsWith(launcher, text, true);
    },
  },
];
