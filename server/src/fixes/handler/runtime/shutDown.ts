import { closingMs, type RuntimeNeeds } from './needs.ts';
import { owed } from './owed.ts';
import { flushComment, flushStdout, readTimeout, timeout } from './steps.ts';

/** Whether the signals are registered by a function of their own: three lines without steps need none. */
export function hasStopOnSignals({ tools, http, hasSteps }: RuntimeNeeds): boolean {
  return hasSteps || http !== undefined || tools.atEof !== undefined;
}

/** `stopOnSignals([steps][, isStdio])`: what asks the server to stop. */
export function stopOnSignals(needs: RuntimeNeeds): string {
  const { isStdio, http, hasSteps } = needs;
  const parameters = [
    ...(hasSteps ? ['steps‹: Step[]›'] : []),
    ...(isStdio && http ? ['isStdio = false'] : []),
  ];
  return `function stopOnSignals(${parameters.join(', ')})‹: void› {
${listening(needs).replace(/^/gm, '  ')}
}`;
}

/** The lines that register the signals, and over stdio what else asks the server to stop. */
export function listening({ tools, isStdio, http, hasSteps, namesCause }: RuntimeNeeds): string {
  const stop = (cause: string, ...limit: string[]) =>
    `() => void shutDown(${[...(namesCause ? [cause] : []), ...(hasSteps ? ['steps'] : []), ...limit].join(', ')})`;
  const pipe =
    '// The SDK would abort the calls in flight at that: it reads through a pipe that does not pass the end on.';
  const onEnd = [
    ...(http ? ['if (!isStdio) return;'] : []),
    '// A client stops a stdio server by closing its stdin, and sends SIGTERM two seconds later.',
    ...(tools.sdk === 2 ? [pipe] : []),
    `for (const event of ['end', 'close']) process.stdin.on(event, ${stop("'end of stdin'", '1_500')});`,
    ...(tools.atEof ? [tools.atEof] : []),
    `process.stdout.on('error', ${stop("'end of stdout'", '0')});`,
  ];
  return [
    // Not `signal`: tools that are made cancellable have a variable of that name.
    `for (const event of ['SIGTERM', 'SIGINT']‹ as const›) process.on(event, ${stop('event')});`,
    ...(isStdio ? onEnd : []),
  ].join('\n');
}

/** `shutDown([cause][, steps][, maxMs])`: the order of things. */
export function shutDown(needs: RuntimeNeeds): string {
  const { isStdio, http, hasSteps, first, last, namesCause } = needs;
  const parameters = [
    ...(namesCause ? ['cause‹: string›'] : []),
    ...(hasSteps ? ['steps‹: Step[]›'] : []),
    ...(isStdio ? ['maxMs = Infinity'] : []),
  ];
  const type = '‹type Step = [name: string, run: () => unknown];\n\n›';
  const drainMs = isStdio ? `Math.min(maxMs, ${timeout(needs)})` : timeout(needs);
  return `${hasSteps ? type : ''}/** Lets the calls in flight finish, answers those that do not, then exits: with 1 if anything was given up. */
async function shutDown(${parameters.join(', ')})‹: Promise<void>› {
  // SIGTERM may come several times.
  if (${http ? 'stoppedAt' : 'drainUntil'} > 0) return;${http ? '\n  stoppedAt = Date.now();' : ''}
  // A second Ctrl+C after a while is meant.
  setTimeout(() => process.on('SIGINT', () => process.exit(130)), 1_000);
${readTimeout(needs)}${http ? '' : `\n  drainUntil = Date.now() + ${drainMs};`}${own(first)}
${http ? `  await settled(${drainMs});` : wait}
${forcedExit(needs)};
${hasSteps ? `  const end = Date.now() + ${inMs(closingMs(needs) - 300)};\n` : ''}${givingUp(needs)}
${hasSteps ? [...(isStdio ? [flushStdout] : []), runSteps + own(last), '  process.exit();'].join('\n') : exit}
}`;
}

/** The wait for the calls where HTTP owes nothing. */
const wait =
  '  while (calls.size > 0 && Date.now() < drainUntil) await new Promise((resolve) => setTimeout(resolve, 20));';

const runSteps = `  for (const [name, run] of steps) {
    const ms = Math.max(100, Math.min(2_000, end - Date.now()));
    // A step that throws or hangs does not keep the next from running.
    try {
      await Promise.race([run(), new Promise((_, reject) => setTimeout(reject, ms, new Error('timed out')))]);
    } catch (error) {
      console.error(\`shutdown: \${name}:\`, error);
      process.exitCode = 1;
    }
  }`;

const exit = `${flushComment}
  setTimeout(() => process.stdout.write('', () => process.exit()), 20);`;

/** What follows the deadline: the exit code, the cancellation, and the answers of calls that ignore it. */
export function givingUp(needs: RuntimeNeeds): string {
  const { http } = needs;
  return `  process.exitCode = ${owed(needs)} > 0 ? 1 : 0;
  for (const cancelling of calls.keys()) cancelling.abort();
  ${http ? 'await settled(250);' : 'if (calls.size > 0) await new Promise((resolve) => setTimeout(resolve, 250));'}
  const text = 'Not finished: the server is shutting down.';
  for (const answer of calls.values()) answer({ isError: true, content: [{ type: 'text', text }] });${http ? '\n  await settled(500);' : ''}`;
}

/** The exit that nothing below can hold up, without its semicolon. */
export function forcedExit(needs: RuntimeNeeds): string {
  return `  // ${killer(needs)}: whatever hangs below, it is over by then.
  setTimeout(() => process.exit(1), ${inMs(closingMs(needs))})`;
}

/** Who ends the process, and when. */
function killer({ drainTimeoutMs }: RuntimeNeeds): string {
  return drainTimeoutMs === 5_000
    ? 'Docker kills ten seconds after SIGTERM'
    : "The platform kills at the end of the deployment's grace period";
}

function inMs(ms: number): string {
  return String(ms).replace(/(?=(\d{3})+$)\B/g, '_');
}

/** The author's own lines, one level in. */
function own(lines: readonly string[]): string {
  return lines.map((line) => `\n  »${line}`).join('');
}
