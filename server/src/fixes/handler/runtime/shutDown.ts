import { closingMs, type RuntimeNeeds } from './needs.ts';
import { owed } from './owed.ts';
import { flushStdout } from './steps.ts';

/** `stopOnSignals([steps][, isStdio])`: what asks the server to stop. */
export function stopOnSignals({ tools, isStdio, http, hasSteps }: RuntimeNeeds): string {
  const parameters = [
    ...(hasSteps ? ['steps‹: Step[]›'] : []),
    ...(isStdio && http ? ['isStdio = false'] : []),
  ];
  const steps = hasSteps ? ', steps' : '';
  const pipe =
    tools.sdk === 2
      ? `
  // The SDK would abort the calls in flight at that: it reads through a pipe that does not pass the end on.`
      : '';
  const onEof = `
  // A client stops a stdio server by closing its stdin, and sends SIGTERM two seconds later.${pipe}
  for (const event of ['end', 'close']) process.stdin.on(event, () => void shutDown(event${steps}, 1_500));${tools.atEof ?? ''}
  process.stdout.on('error', () => void shutDown('error'${steps}, 0));`;
  const onlyStdio = http ? '\n  if (!isStdio) return;' : '';
  return `function stopOnSignals(${parameters.join(', ')})‹: void› {
  process.on('SIGTERM', () => void shutDown('SIGTERM'${steps}));
  process.on('SIGINT', () => void shutDown('SIGINT'${steps}));${isStdio ? onlyStdio + onEof : ''}
}`;
}

/** `shutDown(cause[, steps][, maxMs])`: the order of things. */
export function shutDown(needs: RuntimeNeeds): string {
  const { isStdio, hasSteps, first, last } = needs;
  const parameters = [
    'cause‹: string›',
    ...(hasSteps ? ['steps‹: Step[]›'] : []),
    ...(isStdio ? ['maxMs = Infinity'] : []),
  ];
  const [, flushComment] = flushStdout.split('\n');
  const exit = `
${flushComment}
  setTimeout(() => process.stdout.write('', () => process.exit()), 20);`;
  const steps = `
  for (const [name, run] of steps) {
    const isDone = await runStep(name, run, Math.max(100, Math.min(2_000, end - Date.now())));
    if (!isDone) process.exitCode = 1;
  }`;
  const type = '‹type Step = [name: string, run: () => unknown];\n\n›';
  return `${hasSteps ? type : ''}/** Lets the calls in flight finish, answers those that do not, then exits: with 1 if anything was given up. */
async function shutDown(${parameters.join(', ')})‹: Promise<void>› {
  // SIGTERM may come several times; a second Ctrl+C after a while is meant.
  if (cause === 'SIGINT' && stoppedAt > 0 && Date.now() - stoppedAt > 1_000) process.exit(130);
  if (stoppedAt > 0) return;
  stoppedAt = Date.now();${own(first)}
  await settled(${isStdio ? 'Math.min(maxMs, drainTimeout())' : 'drainTimeout()'});
${forcedExit(needs)};
${hasSteps ? `  const end = Date.now() + ${inMs(closingMs(needs) - 300)};\n` : ''}${givingUp(needs)}${
  hasSteps ? `${isStdio ? flushStdout : ''}${steps}${own(last)}\n  process.exit();` : exit
}
}`;
}

/** What follows the deadline: the exit code, the cancellation, and the answers of calls that ignore it. */
export function givingUp(needs: RuntimeNeeds): string {
  return `  process.exitCode = ${owed(needs)} > 0 ? 1 : 0;
  for (const cancelling of calls.keys()) cancelling.abort();
  await settled(250);
  const text = 'Not finished: the server is shutting down.';
  for (const answer of calls.values()) answer({ isError: true, content: [{ type: 'text', text }] });${needs.http ? '\n  await settled(500);' : ''}`;
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
