import { defaultShell } from '../../../languages/dockerfile/shellRun.ts';
import { parseShellCommand } from '../../../languages/shell/parse.ts';
import { isShellOnly } from '../../../languages/shell/programs.ts';
import { startPathOf } from '../../../languages/shell/startPath.ts';
import { applyEdits } from '../../../text/edits.ts';
import { execEdits } from '../execEdits.ts';
import type { RealCommand, Unresolved } from './resolve.ts';

/** The strings of an array that starts a command. */
export interface Argv {
  readonly words: readonly string[];
  /** A shell is among them, which the program replaces. */
  readonly hasShell: boolean;
  readonly isSafe: boolean;
}

/**
 * The array for a command text: its words where no shell is needed, else a shell that makes way.
 * @param shell the shell that is used where one is needed, the last option of which takes the text
 */
export function argvFor(
  { text, isSafe }: RealCommand,
  shell: readonly string[] = defaultShell,
): Argv | Unresolved {
  const plain = plainWords(text);
  if (plain) return { words: plain, hasShell: false, isSafe };
  const script = parseShellCommand(text);
  const path = startPathOf(script);
  const exec = path.shape === 'exec' ? { edits: [], isSafe: true } : execEdits(script, path);
  if (!exec) return { problem: `in "${text}" a shell has more to do than to start the server` };
  const prefix = shell.join('\0') === defaultShell.join('\0') ? ['sh', '-c'] : shell;
  return { words: [...prefix, applyEdits(text, exec.edits)], hasShell: true, isSafe: isSafe && exec.isSafe };
}

function plainWords(text: string): readonly string[] | undefined {
  const { list, isBroken } = parseShellCommand(text);
  const command =
    list.items.length === 1 && list.items[0]!.operator === '' ? list.items[0]!.command : undefined;
  if (isBroken || command?.kind !== 'simple' || command.hasRedirections || isShellOnly(command))
    return undefined;
  const assignments = command.assignments.map(({ name, value }) =>
    value === undefined ? undefined : `${name}=${value}`,
  );
  const words = [...assignments, ...command.words.map(({ value }) => value)];
  if (!words.every((word) => word !== undefined)) return undefined;
  return assignments.length > 0 ? ['env', ...words] : words;
}
