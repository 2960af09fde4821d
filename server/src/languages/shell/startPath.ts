import type {
  CompoundCommand,
  ListItem,
  ShellCommand,
  ShellList,
  ShellScript,
  SimpleCommand,
} from './ast.ts';
import { simpleCommandsOf } from './ast.ts';
import { isHelper, isRuntime, isShellOnly, programName, runsInsideShell } from './programs.ts';

/**
 * How the program stands in its command line, which decides whether the shell makes way for it:
 * - `exec`: behind `exec`, everywhere it can be reached
 * - `alone`: the only command; `last`: the last of a list
 * - `redirected`: like `alone` or `last`, with a redirection
 * - `grouped`: the last inside braces or of the branches of `if` and `case`; `subshell`: inside parentheses
 * - `after-background`: last, with a command left in the background before it
 * - `followed`: something runs after it; `fallback`: it stands before `||` with another program behind
 * - `piped`, `negated`, `background`, `loop`: as they say
 * - `unreachable`: an `exec` before it has replaced the shell
 * - `trapped`: the shell handles signals itself
 * - `nothing`: only helpers and builtins
 * - `unclear`: functions and the like, or no complete command at all
 */
export type StartShape =
  | 'exec'
  | 'alone'
  | 'last'
  | 'redirected'
  | 'grouped'
  | 'subshell'
  | 'after-background'
  | 'followed'
  | 'fallback'
  | 'piped'
  | 'negated'
  | 'background'
  | 'loop'
  | 'unreachable'
  | 'trapped'
  | 'nothing'
  | 'unclear';

/** Where a command line starts its program. */
export interface StartPath {
  readonly shape: StartShape;
  /** The commands that are the program: one, or one for each branch; those behind `exec` already among them. */
  readonly programs: readonly SimpleCommand[];
  /** The commands before it that replace the shell for certain. */
  readonly early?: readonly SimpleCommand[];
}

/** Finds the program of a command line and how it stands there. */
export function startPathOf(script: ShellScript): StartPath {
  if (script.isBroken) return { shape: 'unclear', programs: [] };
  const commands = simpleCommandsOf(script.list);
  if (commands.some((command) => programName(command) === 'trap')) return { shape: 'trapped', programs: [] };
  if (definesFunction(script.list)) return { shape: 'unclear', programs: [] };
  return pathIn(script.list);
}

function definesFunction({ items }: ShellList): boolean {
  return items.some(
    ({ command }) =>
      command.kind === 'compound' &&
      (/^(function|other)$/.test(command.shape) || command.bodies.some(definesFunction)),
  );
}

/** Says of a command whether it is the program that a text is about. */
export type IsProgram = (command: SimpleCommand) => boolean;

/**
 * Finds the program of a list and how it stands there.
 * @param isProgram which commands may be it; left out: the last command that is more than a helper
 */
export function pathIn({ items }: ShellList, isProgram?: IsProgram): StartPath {
  const paths = items.map(({ command }) => pathOf(command, isProgram));
  const index = isProgram
    ? paths.findLastIndex(({ shape }) => shape !== 'nothing')
    : programIndex(items, paths);
  const item = items[index];
  const inner = paths[index];
  if (!item || !inner) return nothing;
  const early = items.slice(0, index).flatMap((_, at) => certainExec(items, at) ?? []);
  if (early.length > 0) return { ...inner, shape: 'unreachable', early };
  if (item.operator === '&') return { ...inner, shape: 'background' };
  const first = chainBefore(items, index).find(
    ({ command, operator }) => operator === '||' && isServer(command),
  );
  if (first) return { ...pathOf(first.command), shape: 'fallback' };
  if (inner.shape === 'exec') return inner;
  if (index + 1 < items.length) return { ...inner, shape: 'followed' };
  if (inner.shape !== 'alone') return inner;
  if (items.some(({ operator }) => operator === '&')) return { ...inner, shape: 'after-background' };
  return items.length > 1 ? { ...inner, shape: 'last' } : inner;
}

/** The commands that `&&` and `||` lead from to the one at `index`. */
function chainBefore(items: readonly ListItem[], index: number): readonly ListItem[] {
  const start = items.slice(0, index).findLastIndex(({ operator }) => /^[;&]$/.test(operator)) + 1;
  return items.slice(start, index);
}

/** The last command that is more than a helper, or the last at all where there are only helpers; -1 for none. */
function programIndex(items: readonly ListItem[], paths: readonly StartPath[]): number {
  const main = items.findLastIndex(({ command }, at) =>
    command.kind === 'simple' ? !isHelper(command) : !isMinor(paths[at]!),
  );
  if (main >= 0) return main;
  return items.findLastIndex(
    ({ command }) => command.kind === 'simple' && (!isShellOnly(command) || runsInsideShell(command)),
  );
}

/** Whether nothing but helpers run there. */
function isMinor({ shape, programs }: StartPath): boolean {
  return shape === 'nothing' || (programs.length > 0 && programs.every(isHelper));
}

/** A server that returns to the shell, unlike one behind `exec`. */
function isServer(command: ShellCommand): boolean {
  return command.kind === 'simple' && !command.exec && isRuntime(command);
}

/** The command at `at`, if it replaces the shell whatever the ones before it return. */
function certainExec(items: readonly ListItem[], at: number): SimpleCommand | undefined {
  const { command, operator } = items[at]!;
  const before = items[at - 1]?.operator ?? ';';
  if (command.kind !== 'simple' || !command.exec || command.words.length === 0) return undefined;
  return operator !== '&' && (before === ';' || before === '&') ? command : undefined;
}

const nothing: StartPath = { shape: 'nothing', programs: [] };

function pathOf(command: ShellCommand, isProgram?: IsProgram): StartPath {
  if (command.kind === 'simple') {
    if (isProgram && !isProgram(command)) return nothing;
    if (runsInsideShell(command)) return { shape: 'unclear', programs: [] };
    const shape = command.exec ? 'exec' : command.hasRedirections ? 'redirected' : 'alone';
    return { shape, programs: [command] };
  }
  if (command.kind === 'compound') return pathInCompound(command, isProgram);
  const programs = command.commands.flatMap((part) => pathOf(part, isProgram).programs);
  if (isProgram && programs.length === 0) return nothing;
  return { shape: command.commands.length > 1 ? 'piped' : 'negated', programs };
}

function pathInCompound(
  { shape, bodies, hasRedirections }: CompoundCommand,
  isProgram?: IsProgram,
): StartPath {
  if (isProgram && (shape === 'function' || shape === 'other')) return nothing;
  const all = bodies.map((body) => pathIn(body, isProgram)).filter((path) => path.shape !== 'nothing');
  const major = all.filter((path) => !isMinor(path));
  const paths = major.length > 0 ? major : all;
  const programs = paths.flatMap((path) => path.programs);
  if (shape === 'loop') return paths.length === 0 && isProgram ? nothing : { shape: 'loop', programs };
  if (shape === 'function' || shape === 'other') return { shape: 'unclear', programs };
  if (paths.length === 0) return nothing;
  const blocked = paths.find((path) => !/^(exec|alone|last|grouped|redirected)$/.test(path.shape));
  if (blocked) return { ...blocked, programs };
  if (shape === 'subshell') return { shape: 'subshell', programs };
  if (paths.every((path) => path.shape === 'exec')) return { shape: 'exec', programs };
  return { shape: hasRedirections ? 'redirected' : 'grouped', programs };
}
