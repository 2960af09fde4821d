import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from './ask.ts';
import { readCases } from './cases.ts';
import { applyGolden, buildServer, copyOf } from './prepare.ts';
import { loadClient } from './run/clients.ts';
import { scenarios } from './scenarios/index.ts';

/** A widely made mistake, put into a server that was fixed by hand. */
interface Mutant {
  readonly mistake: string;
  readonly case: string;
  /** What is replaced in its entry. */
  readonly from: string;
  readonly to: string;
  /** The scenario that has to notice. */
  readonly noticedBy: string;
}

const stdio = 'stdio-v1-ts';
const http = 'http-stateful-express5-v1-ts';

const mutants: readonly Mutant[] = [
  {
    mistake: 'the listener is closed first',
    case: http,
    from: '  await answersSent(drainTimeout());',
    to: '  listener.close();\n  await answersSent(drainTimeout());',
    noticedBy: 'health-503',
  },
  {
    mistake: 'transports are closed first',
    case: http,
    from: '  await answersSent(drainTimeout());',
    to: '  for (const each of transports.values()) void each.close();\n  await answersSent(drainTimeout());',
    noticedBy: 'in-flight',
  },
  {
    mistake: 'waits for sessions, not for calls',
    case: http,
    from: 'while (calls.size + responses.size > 0',
    to: 'while (transports.size > 0',
    noticedBy: 'idle',
  },
  {
    mistake: 'counts responses of GET streams too',
    case: http,
    from: "if (req.method === 'POST') {",
    to: 'if (req.method) {',
    noticedBy: 'get-stream',
  },
  {
    mistake: 'counts calls but not the answers that are being sent',
    case: http,
    from: '    responses.add(res);\n',
    to: '',
    noticedBy: 'slow-reader',
  },
  {
    mistake: 'everything is aborted at the start',
    case: http,
    from: '  await answersSent(drainTimeout());',
    to: '  giveUp.abort();\n  await answersSent(0);',
    noticedBy: 'in-flight',
  },
  {
    mistake: 'new sessions are accepted while draining',
    case: http,
    from: "app.use('/mcp', admit);\n",
    to: '',
    noticedBy: 'refuses-new',
  },
  {
    mistake: 'everything is refused while draining',
    case: http,
    from: 'if (stoppedAt > 0 && isNew)',
    to: 'if (stoppedAt > 0)',
    noticedBy: 'lets-pass',
  },
  {
    mistake: 'the guard stands before the body parser',
    case: http,
    from: "app.use(express.json());\napp.use('/mcp', admit);\n",
    to: "app.use('/mcp', admit);\napp.use(express.json());\n",
    noticedBy: 'refuses-new',
  },
  {
    mistake: 'one step that rejects skips the rest',
    case: http,
    from: "step('pool', () => pool.end())",
    to: 'pool.end()',
    noticedBy: 'cleanup-throws',
  },
  {
    mistake: 'a step has no timeout, and no watchdog ends it',
    case: http,
    from: '  setTimeout(() => process.exit(1), 5_000);\n',
    to: '  sleep(0).then(() => pool.end());\n  await new Promise(() => {});\n',
    noticedBy: 'cleanup-hangs',
  },
  {
    mistake: 'the pool is closed before the drain',
    case: http,
    from: '  await answersSent(drainTimeout());',
    to: '  await pool.end();\n  await answersSent(drainTimeout());',
    noticedBy: 'cleanup',
  },
  {
    mistake: 'the pool is never closed',
    case: http,
    from: "  await step('pool', () => pool.end());\n",
    to: '',
    noticedBy: 'cleanup',
  },
  {
    mistake: 'idle sockets are left open and the exit is left to the event loop',
    case: http,
    from: '  await Promise.race([closed, sleep(300)]);',
    to: '  await closed;',
    noticedBy: 'sockets',
  },
  {
    mistake: 'exit code 0 after abandoned work',
    case: http,
    from: 'process.exitCode = calls.size + responses.size > 0 ? 1 : 0;',
    to: 'process.exitCode = 0;',
    noticedBy: 'deadline-ignored',
  },
  {
    mistake: 'SIGTERM twice exits at once',
    case: stdio,
    from: "cause === 'SIGINT' && Date.now() - stoppedAt > 1_000",
    to: "cause.startsWith('SIG')",
    noticedBy: 'sigterm-repeated',
  },
  {
    mistake: 'a second SIGINT of the same key press exits at once',
    case: stdio,
    from: ' && Date.now() - stoppedAt > 1_000',
    to: '',
    noticedBy: 'sigint',
  },
  {
    mistake: 'Ctrl+C cannot end the wait',
    case: stdio,
    from: 'process.exit(130)',
    to: 'return',
    noticedBy: 'sigint-again',
  },
  {
    mistake: 'SIGINT is not listened to',
    case: stdio,
    from: "process.on('SIGINT', () => shutDown('SIGINT'));\n",
    to: '',
    noticedBy: 'sigint',
  },
  {
    mistake: 'the signal of shutdown replaces that of the client',
    case: stdio,
    from: 'AbortSignal.any([extra.signal, giveUp.signal])',
    to: 'giveUp.signal',
    noticedBy: 'client-cancels',
  },
  {
    mistake: 'tools are not told that shutdown gives up',
    case: stdio,
    from: 'AbortSignal.any([extra.signal, giveUp.signal])',
    to: 'extra.signal',
    noticedBy: 'deadline-honoured',
  },
  {
    mistake: 'a tool that ignores its signal gets no answer',
    case: stdio,
    from: '  for (const answer of calls)',
    to: '  for (const answer of [] as typeof calls extends Set<infer A> ? A[] : never)',
    noticedBy: 'deadline-ignored',
  },
  {
    mistake: 'the exit cuts off what stdout has still to write',
    case: stdio,
    from: "  await new Promise((written) => process.stdout.write('', written));\n",
    to: '',
    noticedBy: 'stdio-slow-reader',
  },
  {
    mistake: 'nothing bounds the wait for a client that does not read',
    case: stdio,
    from: '  setTimeout(() => process.exit(1), 2_000);\n',
    to: '',
    noticedBy: 'stdio-never-reads',
  },
  {
    mistake: 'stdin EOF is ignored',
    case: stdio,
    from: "for (const event of ['end', 'close']) process.stdin.on(event, () => shutDown('stdin', 1_500));\n",
    to: '',
    noticedBy: 'eof-long-call',
  },
  {
    mistake: 'the drain after stdin EOF takes as long as that after SIGTERM',
    case: stdio,
    from: "shutDown('stdin', 1_500)",
    to: "shutDown('stdin')",
    noticedBy: 'eof-long-call',
  },
  {
    mistake: 'EPIPE is not listened to',
    case: stdio,
    from: "process.stdout.on('error', () => shutDown('stdout', 0));\n",
    to: '',
    noticedBy: 'epipe',
  },
  {
    mistake: 'the drain timeout is not validated',
    case: stdio,
    from: '  if (/^\\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);\n',
    to: '  return Number(text);\n',
    noticedBy: 'timeout-unusable',
  },
  {
    mistake: 'the forced exit is armed for longer than a timer can wait',
    case: stdio,
    from: '  await callsEnd(Math.min(drainTimeout(), maxMs));\n',
    to: '  setTimeout(() => process.exit(1), drainTimeout() + 2_000);\n  await callsEnd(Math.min(drainTimeout(), maxMs));\n',
    noticedBy: 'timeout-largest',
  },
];

/**
 * Proves that the scenarios can fail: puts each mistake into a fixed server and runs the scenario that is to
 * notice it. Returns the mistakes that went unnoticed.
 */
export async function unnoticedMistakes(installed: string, jobs: number): Promise<string[]> {
  const unnoticed: string[] = [];
  const waiting = [...mutants];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const isNoticed = await notices(next, installed);
      console.log(`${isNoticed ? 'noticed  ' : 'UNNOTICED'} ${next.mistake} (${next.noticedBy})`);
      if (!isNoticed) unnoticed.push(next.mistake);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return unnoticed;
}

async function notices(mutant: Mutant, installed: string): Promise<boolean> {
  const [of] = readCases([mutant.case]);
  const scenario = scenarios.find(({ name }) => name === mutant.noticedBy);
  if (!of || !scenario?.applies(of)) throw new Error(`${mutant.noticedBy} cannot be asked of ${mutant.case}`);
  const folder = copyOf(of, installed);
  try {
    applyGolden(of, folder);
    const entry = join(folder, of.entry);
    const text = readFileSync(entry, 'utf8');
    if (!text.includes(mutant.from)) throw new Error(`${mutant.case} has no ${mutant.from}`);
    writeFileSync(
      entry,
      text.replace(mutant.from, () => mutant.to),
    );
    const target = await buildServer(of, folder, installed);
    return (await attempt(scenario, target, await loadClient(of.sdk, installed))).state === 'failed';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
