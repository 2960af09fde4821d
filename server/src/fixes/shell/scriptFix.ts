import type { ShellScript, SimpleCommand } from '../../languages/shell/ast.ts';
import { isArguments } from '../../languages/shell/functions.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { programName } from '../../languages/shell/programs.ts';
import type { ShellFacts } from '../../languages/shell/scriptFile.ts';
import type { ScriptStart } from '../../languages/shell/scriptStart.ts';
import type { Trap } from '../../languages/shell/traps.ts';
import { applyEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import { execEdits } from '../dockerfile/execEdits.ts';

/** A change to a start script after which its server hears the signal. */
export interface ScriptFix {
  readonly title: string;
  readonly isSafe: boolean;
  /** Against the script's text. */
  readonly edits: readonly TextEdit[];
}

/** Lets the script step aside, or its trap wait; `undefined` where neither keeps what else the script does. */
export function scriptFix({ script }: ShellFacts, start: ScriptStart): ScriptFix | undefined {
  if (start.fault === 'stays' && start.traps.length === 0) return withExec(script, start);
  return start.fault === 'not-awaited' ? withWait(script, start.traps) : undefined;
}

function withExec(script: ShellScript, { path }: ScriptStart): ScriptFix | undefined {
  const exec = execEdits(script, path);
  if (!exec || exec.edits.length === 0) return undefined;
  const isArgumentsOrFile = (program: SimpleCommand) =>
    isArguments(program, script.text) || execEdits(script, { ...path, programs: [program] })?.isSafe === true;
  // `exec "$@"` is how entrypoints are written: what a container is called with is a program.
  const isSafe = path.programs.every(isArgumentsOrFile);
  const [program, ...others] = path.programs;
  if (!program || others.length > 0)
    return { title: 'Put exec in front of the server in each branch', isSafe, edits: exec.edits };
  const inside = exec.edits.map((edit) => ({
    ...edit,
    start: edit.start - program.start,
    end: edit.end - program.start,
  }));
  const result = applyEdits(script.text.slice(program.start, program.end), inside);
  return { title: `Let the script step aside: ${shortText(result)}`, isSafe, edits: exec.edits };
}

/** A second `wait`, inside the trap: the first is cut short by the signal. */
function withWait(script: ShellScript, traps: readonly Trap[]): ScriptFix | undefined {
  const [trap, ...others] = traps.filter(({ signals }) => signals.includes('TERM'));
  if (!trap || others.length > 0) return undefined;
  const { start, end } = trap.actionWord;
  const raw = script.text.slice(start, end);
  // In double quotes a variable is filled in when the trap is set, before there is a server.
  if (!/^'[^']*'$/s.test(raw)) return undefined;
  const action = parseShellCommand(raw.slice(1, -1));
  const last = action.list.items.at(-1)?.command;
  if (action.isBroken || last?.kind !== 'simple' || programName(last) !== 'kill') return undefined;
  const target = lastWord(last, action.text);
  if (!/^"?\$(\w+|\{\w+\}|!)"?$/.test(target)) return undefined;
  const at = start + 1 + last.end;
  return {
    title: `Let the trap wait for the server: wait ${target}`,
    isSafe: true,
    edits: [insertAt(at, `; wait ${target}`)],
  };
}

function lastWord({ words }: SimpleCommand, text: string): string {
  const word = words.at(-1);
  return word ? text.slice(word.start, word.end) : '';
}

/** A command for a title or message: on one line, and not too long. */
export function shortText(text: string): string {
  const line = text.replace(/\\?\s*\n\s*/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
