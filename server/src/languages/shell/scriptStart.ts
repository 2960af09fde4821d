import type { ListItem, ShellCommand, ShellList, SimpleCommand } from './ast.ts';
import { isArguments, withFunctionsInlined } from './functions.ts';
import {
  isHelper,
  isPackageManager,
  isServerRun,
  isShellOnly,
  programName,
  withoutWrappers,
} from './programs.ts';
import type { ShellFacts } from './scriptFile.ts';
import type { SignalFate } from './signals.ts';
import { pathIn, type StartPath } from './startPath.ts';
import { type Trap, trapsOf } from './traps.ts';

/**
 * What a script that is not replaced by its server does about a signal:
 * - `stays`: nothing; the server runs in the foreground, and a shell that reads a file never makes way for it
 * - `deferred`: it has a trap, which a shell runs only when the command in the foreground has ended
 * - `background`: nothing passes the signal on to the server in the background
 * - `not-awaited`: a trap passes it on, but nothing waits for the server after that
 */
export type ScriptFault = 'stays' | 'deferred' | 'background' | 'not-awaited';

/** How a script starts its server. */
export interface ScriptStart {
  readonly path: StartPath;
  readonly fate: SignalFate;
  /** Set where the fate is `lost`. */
  readonly fault?: ScriptFault;
  readonly traps: readonly Trap[];
}

/**
 * Finds the server that a script starts: Node or another runtime with a program, a package manager, or what the
 * script is called with (`"$@"`).
 * @param isServer further commands that start a server (the commands of the workspace's packages)
 * @returns `undefined` where the script starts none, is no shell's, or cannot be read
 */
export function scriptStartOf(
  { interpreter, script }: ShellFacts,
  isServer: (command: SimpleCommand) => boolean = () => false,
): ScriptStart | undefined {
  if (interpreter === undefined || script.isBroken) return undefined;
  const list = withFunctionsInlined(script);
  const path = pathIn(list, (command) => isStart(command, script.text) || isServer(command));
  if (path.shape === 'nothing') return undefined;
  const traps = trapsOf(script);
  return { path, traps, ...fateOf(path, list, traps) };
}

function isStart(command: SimpleCommand, text: string): boolean {
  const words = command.words.map(({ value }) => value);
  const program = withoutWrappers(words);
  const passedOn = command.words.slice(words.length - program.length);
  return (
    isArguments({ ...command, words: passedOn }, text) || isServerRun(program) || isPackageManager(program)
  );
}

type Fate = Pick<ScriptStart, 'fate' | 'fault'>;
const unknown: Fate = { fate: 'unknown' };

function fateOf({ shape }: StartPath, list: ShellList, traps: readonly Trap[]): Fate {
  if (shape === 'exec') return { fate: 'reaches' };
  if (shape === 'unclear' || shape === 'unreachable' || shape === 'nothing') return unknown;
  const onTerm = traps.filter(({ signals }) => signals.includes('TERM'));
  if (shape === 'background') return inBackground(list, onTerm);
  return { fate: 'lost', fault: onTerm.length > 0 ? 'deferred' : 'stays' };
}

function inBackground({ items }: ShellList, onTerm: readonly Trap[]): Fate {
  const lost: Fate = { fate: 'lost', fault: 'background' };
  if (onTerm.length === 0) return lost;
  const actions = onTerm.flatMap(({ action }) => action ?? []);
  if (onTerm.some(({ action }) => action === undefined)) return unknown;
  if (!actions.some(isKill)) return actions.every(isHelper) ? lost : unknown;
  if (actions.some((command) => programName(command) === 'wait')) return { fate: 'reaches' };
  const at = items.findLastIndex(({ operator }) => operator === '&');
  return at >= 0 && waitsOnlyOnce(items.slice(at + 1)) ? { fate: 'lost', fault: 'not-awaited' } : unknown;
}

function isKill(command: SimpleCommand): boolean {
  return /^(kill|pkill|killall)$/.test(programName(command) ?? '');
}

/** The trap interrupts `wait`, and then the script is at its end. */
function waitsOnlyOnce(items: readonly ListItem[]): boolean {
  const commands = items.map(({ command }) => command);
  const isWait = (command: ShellCommand) => command.kind === 'simple' && programName(command) === 'wait';
  const others = commands.filter((command) => !isWait(command));
  return (
    commands.filter(isWait).length === 1 &&
    others.every((command) => command.kind === 'simple' && (isShellOnly(command) || isHelper(command)))
  );
}
