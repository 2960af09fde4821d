import type { ShellScript, SimpleCommand } from '../../languages/shell/ast.ts';
import { isBuiltinWithProgram } from '../../languages/shell/programs.ts';
import type { StartPath, StartShape } from '../../languages/shell/startPath.ts';
import type { TextEdit } from '../../text/edits.ts';

/** Where the shell has nothing left to do once the program runs. */
const replaceable: readonly StartShape[] = ['alone', 'last', 'redirected', 'grouped', 'unreachable'];

/** `exec` for a command text. */
export interface ExecEdits {
  /** Against the command text. */
  readonly edits: readonly TextEdit[];
  /** Whether the same programs run. */
  readonly isSafe: boolean;
}

/**
 * Puts `exec` in front of each program of a command text that lacks it, and takes away one that comes too early.
 * @returns `undefined` where the shell has more to do than to start the program
 */
export function execEdits(script: ShellScript, path: StartPath): ExecEdits | undefined {
  if (!replaceable.includes(path.shape)) return undefined;
  const early = (path.early ?? []).map(({ exec, words: [first] }) => ({
    start: exec!.start,
    end: first!.start,
    newText: '',
  }));
  const missing = path.programs
    .filter(({ exec }) => !exec)
    .map(({ words: [first] }) => ({ start: first!.start, end: first!.start, newText: 'exec ' }));
  const isSafe = early.length === 0 && path.programs.every((program) => isProgramFile(script, program));
  return { edits: [...early, ...missing], isSafe };
}

/** `exec` starts files only; a name that a variable holds may turn out to be something the shell does itself. */
function isProgramFile({ text }: ShellScript, program: SimpleCommand): boolean {
  const [first] = program.words;
  if (!first || isBuiltinWithProgram(program)) return false;
  return first.value !== undefined || text.slice(first.start, first.end).includes('/');
}
