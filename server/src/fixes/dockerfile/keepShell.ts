import { arrayElements } from '../../languages/dockerfile/brokenArray.ts';
import { defaultShell, type ShellRun } from '../../languages/dockerfile/shellRun.ts';
import type { ShellScript, SimpleCommand } from '../../languages/shell/ast.ts';
import { simpleCommandsOf } from '../../languages/shell/ast.ts';
import { isBuiltinWithProgram } from '../../languages/shell/programs.ts';
import type { StartPath, StartShape } from '../../languages/shell/startPath.ts';
import { applyEdits, type TextEdit } from '../../text/edits.ts';
import { escapesIn, offsetInString } from './arrayText.ts';
import { editsInFile } from './layout.ts';
import type { Rewrite, Start } from './rewrite.ts';
import { takesExec } from './shells.ts';

/** Where the shell has nothing left to do once the program runs. */
const replaceable: readonly StartShape[] = ['alone', 'last', 'redirected', 'grouped', 'unreachable'];

/** Puts `exec` in front of the program, in a shell that stays the same. */
export function keepShell(start: Start, script: ShellScript, path: StartPath): Rewrite | undefined {
  const { run, fileText } = start;
  if (!replaceable.includes(path.shape) || !takesExec(run.shell)) return undefined;
  const texts = execEdits(script, path);
  const inArgument = run.isShellForm ? asArray(script, run.shell, texts) : inString(run, texts);
  const edits = inArgument && editsInFile(fileText, run.command.argument, inArgument);
  if (!inArgument || !edits) return undefined;
  const { argument, keyword } = run.command;
  const line = applyEdits(argument.text, inArgument).replace(/\s{2,}/g, ' ');
  const isSafe =
    path.shape !== 'unreachable' && path.programs.every((program) => isProgramFile(script, program));
  return { result: `${fileText.slice(keyword.start, keyword.end)} ${line}`, isSafe, edits };
}

/** `exec` before each program that lacks it; one that comes too early goes. */
function execEdits(script: ShellScript, { programs, shape, obstacle }: StartPath): TextEdit[] {
  const missing = programs.filter(({ exec }) => !exec);
  const insertions = missing.map(({ words: [first] }) => ({
    start: first!.start,
    end: first!.start,
    newText: 'exec ',
  }));
  if (shape !== 'unreachable') return insertions;
  const early = simpleCommandsOf(script.list).filter(
    ({ exec, start, words }) => exec && words.length > 0 && start <= obstacle!.start,
  );
  return [
    ...early.map(({ exec, words: [first] }) => ({ start: exec!.start, end: first!.start, newText: '' })),
    ...insertions,
  ];
}

/** Makes the command text the last string of an array that starts the shell. */
function asArray(
  { text, list }: ShellScript,
  shell: readonly string[],
  edits: readonly TextEdit[],
): TextEdit[] {
  const words = simpleCommandsOf(list).flatMap((command) => [...command.words, ...command.assignments]);
  const isInWord = (offset: number) => words.some(({ start, end }) => start <= offset && offset < end);
  const prefix = shell.join('\0') === defaultShell.join('\0') ? ['sh', '-c'] : shell;
  const open = `[${prefix.map((word) => `${JSON.stringify(word)}, `).join('')}"`;
  return [
    { start: 0, end: 0, newText: open },
    ...edits,
    ...escapesIn(text, isInWord),
    { start: text.length, end: text.length, newText: '"]' },
  ];
}

/** Carries edits of the command text into the string of the array in which it stands. */
function inString({ command, text }: ShellRun, edits: readonly TextEdit[]): TextEdit[] | undefined {
  const element = arrayElements(command.argument.text).find(({ value }) => value === text);
  if (!element) return undefined;
  const literal = command.argument.text.slice(element.start, element.end);
  const place = (offset: number) => element.start + offsetInString(literal, offset);
  return edits.map(({ start, end, newText }) => ({ start: place(start), end: place(end), newText }));
}

/** `exec` starts files only; a name that a variable holds may turn out to be something the shell does itself. */
function isProgramFile({ text }: ShellScript, program: SimpleCommand): boolean {
  const [first] = program.words;
  if (!first || isBuiltinWithProgram(program)) return false;
  return first.value !== undefined || text.slice(first.start, first.end).includes('/');
}
