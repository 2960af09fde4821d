import { isArguments } from '../../languages/shell/functions.ts';
import type { ShellFacts } from '../../languages/shell/scriptFile.ts';
import type { ScriptStart } from '../../languages/shell/scriptStart.ts';
import type { StartShape } from '../../languages/shell/startPath.ts';
import { shortText } from './scriptFix.ts';

/**
 * Says what becomes of SIGTERM in a script that its server does not replace.
 * @param init the init that is process 1 instead of the script's shell, if any
 */
export function explainScript({ script }: ShellFacts, start: ScriptStart, init: string | undefined): string {
  const { shape } = start.path;
  const name = nameOf(start, script.text);
  const lost = outcome(start, init);
  switch (start.fault) {
    case 'deferred':
      return `A shell runs its trap only when the command in the foreground has ended, so SIGTERM does not reach ${name}: ${lost}. Start it with exec, or in the background with a trap that passes the signal on and waits.`;
    case 'background':
      return `${capital(name)} runs in the background, and nothing passes SIGTERM on to it: ${lost}. Start it in the foreground, as the last command, with exec; or set a trap that passes the signal on and waits for it.`;
    case 'not-awaited':
      return `The trap passes SIGTERM on to ${name}, but it also ends "wait", and then the script is over: the container stops while the server still finishes its calls. Wait for the server inside the trap, too, or start it with exec.`;
    default:
      return `${capital(reasonFor(shape, name))}, so the shell stays ${init ? 'in between' : 'PID 1'} and does not pass SIGTERM on: ${lost}. ${adviceFor(start)}`;
  }
}

function nameOf({ path: { programs } }: ScriptStart, text: string): string {
  const [program, ...others] = programs;
  if (!program || others.length > 0) return 'the server';
  const own = text.slice(program.start, program.end);
  return isArguments(program, text) ? `the given command (${own})` : `"${shortText(own)}"`;
}

function outcome({ fault, traps }: ScriptStart, init: string | undefined): string {
  const hasTrap = traps.some(({ signals }) => signals.includes('TERM'));
  if (fault === 'background' && hasTrap) {
    return 'the script ends, and with it the container, and the server is killed in the middle of its calls';
  }
  if (!init) return 'the server never hears it and is killed after the grace period';
  return `${init} ends the shell, and with it the container: the server is killed in the middle of its calls`;
}

function reasonFor(shape: StartShape, name: string): string {
  const reasons: Partial<Record<StartShape, string>> = {
    followed: `${name} is not the last command of the script`,
    piped: `${name} stands in a pipe`,
    loop: `${name} runs in a loop`,
    negated: `${name} stands behind "!" or "time"`,
    fallback: `${name} stands before "||"`,
    subshell: `${name} runs in parentheses`,
  };
  return reasons[shape] ?? `the script starts ${name} without exec`;
}

function adviceFor({ path: { shape }, traps }: ScriptStart): string {
  if (traps.length > 0) return 'Start it with exec, and do in its own shutdown what the trap does.';
  const advice: Partial<Record<StartShape, string>> = {
    followed: 'Start it last, with exec, and do the rest in its own shutdown.',
    piped: 'Start the server without the pipe, with exec, and filter its output where it is read.',
    loop: 'Leave restarts to the platform and start the server with exec.',
    fallback: 'Leave restarts to the platform and start one server, with exec.',
    subshell: 'Take the parentheses away and start the server with exec.',
    'after-background': 'Start one program per container, with exec.',
  };
  return advice[shape] ?? 'Start it with exec.';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
