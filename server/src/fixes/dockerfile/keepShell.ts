import { arrayElements } from '../../languages/dockerfile/brokenArray.ts';
import { defaultShell, nestedRun, type ShellRun } from '../../languages/dockerfile/shellRun.ts';
import { type ShellScript, simpleCommandsOf } from '../../languages/shell/ast.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { isShellCall } from '../../languages/shell/programs.ts';
import { type StartPath, startPathOf } from '../../languages/shell/startPath.ts';
import { applyEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import { contains } from '../../text/range.ts';
import { escapesIn, offsetInString } from './arrayText.ts';
import { execEdits } from './execEdits.ts';
import { argumentEdits } from './layout.ts';
import type { Rewrite, Start } from './rewrite.ts';
import { takesExec } from './shells.ts';

/** Puts `exec` in front of the program, in a shell that stays the same. */
export function keepShell(start: Start, script: ShellScript, path: StartPath): Rewrite | undefined {
  const { run, fileText } = start;
  const exec = execEdits(script, path);
  if (!exec || !takesExec(run.shell) || hasOpenShellInside(run, path)) return undefined;
  const pieces = run.isShellForm ? asArray(script, run.shell, exec.edits) : inString(run, exec.edits);
  const { argument, keyword } = run.command;
  const array = pieces && applyEdits(argument.text, pieces);
  const edits = array && argumentEdits(fileText, run.command, pieces, array);
  if (!edits) return undefined;
  const result = `${fileText.slice(keyword.start, keyword.end)} ${array.replace(/\s{2,}/g, ' ')}`;
  return { result, isSafe: exec.isSafe, edits };
}

/** The program is one more shell, which stays as well, for all that is known. */
function hasOpenShellInside(run: ShellRun, path: StartPath): boolean {
  if (!path.programs.some(isShellCall)) return false;
  const nested = nestedRun(run, path);
  return !nested || startPathOf(parseShellCommand(nested.text)).shape !== 'exec';
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
    insertAt(0, open),
    ...edits,
    // What is replaced needs no escape: the tab behind an `exec` that goes.
    ...escapesIn(text, isInWord).filter((blank) => !edits.some((edit) => contains(edit, blank))),
    insertAt(text.length, '"]'),
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
