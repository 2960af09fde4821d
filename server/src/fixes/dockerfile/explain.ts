import type { Severity } from '../../engine/types.ts';
import { nestedRun, type ShellRun } from '../../languages/dockerfile/shellRun.ts';
import { type ShellCommand, type ShellScript, simpleCommandsOf } from '../../languages/shell/ast.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { baseName, isHelper, isPlaceholder } from '../../languages/shell/programs.ts';
import { type ShellBehavior, signalFate } from '../../languages/shell/signals.ts';
import { type StartPath, startPathOf } from '../../languages/shell/startPath.ts';

/** What a start through a shell means for the program's signals. */
export interface Diagnosis {
  readonly severity: Severity;
  readonly message: string;
}

/** Says what becomes of SIGTERM; `undefined` where nothing is wrong or it is another rule's affair. */
export function diagnose(run: ShellRun): Diagnosis | undefined {
  const script = parseShellCommand(run.text);
  const path = startPathOf(script);
  const { behavior } = run;
  if (script.isBroken && behavior !== 'windows') return undefined;
  if (isOfNoConcern(run, path)) return undefined;
  if (behavior === 'windows') return { severity: 'warning', message: onWindows(run) };
  if (behavior === 'none') return { severity: 'error', message: withoutAnyShell(run, script) };
  if (path.shape === 'trapped') return undefined;
  const fate = signalFate(path, behavior);
  if (fate === 'lost') return { severity: 'error', message: lost(run, behavior, script, path) };
  if (fate === 'unknown') return { severity: 'warning', message: unknown(run, script, path) };
  const nested = nestedRun(run, path);
  const inside = nested && diagnose(nested);
  if (inside || path.shape === 'exec' || !run.isShellForm) return inside;
  return { severity: 'hint', message: reaching(run, behavior) };
}

/** Placeholders start no server. */
function isOfNoConcern(run: ShellRun, path: StartPath): boolean {
  const { shape, programs } = path;
  const nested = nestedRun(run, path);
  if (nested) return isOfNoConcern(nested, startPathOf(parseShellCommand(nested.text)));
  const commands =
    run.behavior === 'windows'
      ? [run.text.split(/\s+/)]
      : programs.map(({ words }) => words.map(({ value }) => value));
  if (shape === 'nothing' || (shape === 'loop' && programs.every(isHelper))) return true;
  return commands.some(isPlaceholder);
}

function onWindows({ shell, isShellForm }: ShellRun): string {
  const opening = isShellForm ? 'Shell form: Docker starts this' : 'The container starts this';
  return `${opening} through ${shell.join(' ')}, which stands between the stop of the container and the server. Use exec form, so that the server is the container's own process.`;
}

function withoutAnyShell(run: ShellRun, script: ShellScript): string {
  const dynamic = dynamicWord(script);
  const isMore = script.list.items.some(
    ({ command, operator }) => command.kind !== 'simple' || operator !== '',
  );
  const hint = dynamic
    ? ` Nothing expands ${dynamic} there: let the program read it.`
    : isMore
      ? ' Whatever else the command does belongs in the build or in the server.'
      : '';
  return `${opening(run)}, and ${run.inImage.image ?? 'the image'} has no shell, so the container does not start. ${run.isShellForm ? 'Use exec form' : 'Start the program itself'}.${hint}`;
}

function lost(run: ShellRun, behavior: ShellBehavior, script: ShellScript, path: StartPath): string {
  const show = (command: ShellCommand | undefined) =>
    command ? quoted(script.text.slice(command.start, command.end)) : 'the server';
  const program = path.programs.length === 1 ? show(path.programs[0]) : 'the server';
  const stays = `the shell stays ${run.init ? 'in between' : 'PID 1'} and does not pass SIGTERM on: ${outcome(run)}`;
  switch (path.shape) {
    case 'unreachable':
      return `${show(path.early?.[0])} replaces the shell, so ${program} never runs. Put exec in front of the last command only.`;
    case 'followed':
      return `${capital(program)} is not the last command, so ${stays}. Start it last, with exec, and do the rest in its own shutdown.`;
    case 'fallback':
      return `${capital(program)} stands before "||", so ${stays}. Leave restarts to the platform and start one server, with exec.`;
    case 'piped':
      return `In a pipe ${stays}. Start the server without the pipe and filter its output where it is read.`;
    case 'background':
      return `${capital(program)} runs in the background, so ${stays}. Start it in the foreground, as the last command, with exec.`;
    case 'loop':
      return `Around the loop ${stays}. Leave restarts to the platform and start the server with exec.`;
    case 'negated':
      return `Behind "!" or "time" ${stays}. Start the server with exec.`;
    default:
      return `${opening(run)}, and ${shellOf(run, behavior)} stays ${run.init ? 'in between' : 'PID 1'}${because(path)} and does not pass SIGTERM on, so ${outcome(run)}. ${advice(run, script, path)}`;
  }
}

function outcome({ init }: ShellRun): string {
  if (!init) return 'the server never hears it and is killed after the grace period';
  return `${init} ends the shell, and with it the container: the server is killed in the middle of its calls`;
}

function because({ shape }: StartPath): string {
  if (shape === 'redirected') return ' for the redirection';
  if (shape === 'subshell') return ' around the parentheses';
  return shape === 'after-background' ? ' for the background command' : '';
}

function unknown(run: ShellRun, script: ShellScript, path: StartPath): string {
  const where = isSh(run) ? `${imagesOwn(run)} ${run.shell[0]}` : run.shell[0];
  return `${opening(run)}. Whether SIGTERM reaches the server then depends on ${where}: many shells stay PID 1 and keep it to themselves, and the server is killed after the grace period. ${advice(run, script, path)}`;
}

function reaching(run: ShellRun, behavior: ShellBehavior): string {
  return `${opening(run)}. Here ${shellOf(run, behavior)} makes way for the last command, so SIGTERM reaches it today; a command behind it${isSh(run) ? ' or a Debian base' : ''} would end that. Exec form does not depend on the shell.`;
}

function opening({ isShellForm, shell }: ShellRun): string {
  if (isShellForm) return `Shell form: Docker starts this as ${shell.join(' ')}`;
  return `The container starts ${shell.join(' ')}`;
}

function advice(run: ShellRun, script: ShellScript, { shape }: StartPath): string {
  if (shape === 'unclear') return 'Use exec form.';
  if (shape === 'after-background') return 'Start one program per container, with exec.';
  if (shape === 'subshell') return 'Take the parentheses away and start the server with exec.';
  if (!run.isShellForm) return 'Put exec in front of the last command.';
  if (shape !== 'alone') return 'Use exec form, with exec in front of the last command.';
  const dynamic = dynamicWord(script);
  return dynamic
    ? `Use exec form with a shell that makes way for the server and still expands ${dynamic}.`
    : 'Use exec form.';
}

/** The first word that only a shell can make out, quoted. */
function dynamicWord({ list, text }: ShellScript): string | undefined {
  const words = simpleCommandsOf(list).flatMap((command) => [...command.assignments, ...command.words]);
  const word = words.find(({ value }) => value === undefined);
  return word && quoted(text.slice(word.start, word.end));
}

/** "node:20's /bin/sh (dash)" or "/bin/bash". */
function shellOf(run: ShellRun, behavior: ShellBehavior): string {
  if (!isSh(run)) return run.shell[0]!;
  const name = behavior === 'bash-before-5.1' ? 'bash' : behavior;
  return `${imagesOwn(run)} ${run.shell[0]} (${name})`;
}

function imagesOwn({ inImage: { image } }: ShellRun): string {
  return image === undefined ? "the image's" : `${image}'s`;
}

function isSh({ shell }: ShellRun): boolean {
  return baseName(shell[0]) === 'sh';
}

function quoted(text: string): string {
  const inner = text.replace(/^"(.*)"$/s, '$1');
  return `"${inner.length > 60 ? `${inner.slice(0, 59)}…` : inner}"`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
