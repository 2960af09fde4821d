import { type ShellScript, type ShellWord, type SimpleCommand, simpleCommandsOf } from './ast.ts';
import { functionsOf } from './functions.ts';
import { parseShellCommand } from './parse.ts';
import { programName } from './programs.ts';

/** A `trap` command: what a shell does on a signal. */
export interface Trap {
  readonly command: SimpleCommand;
  /** Names without `SIG`, in upper case; `EXIT` among them. */
  readonly signals: readonly string[];
  readonly actionWord: ShellWord;
  /** The commands of the action, those of the functions it calls among them; `undefined` where they are not known. */
  readonly action: readonly SimpleCommand[] | undefined;
}

const numbered: ReadonlyMap<string, string> = new Map([
  ['0', 'EXIT'],
  ['1', 'HUP'],
  ['2', 'INT'],
  ['3', 'QUIT'],
  ['15', 'TERM'],
]);

/** The traps that a script sets anywhere; those that take one away or ignore the signal are left out. */
export function trapsOf(script: ShellScript): readonly Trap[] {
  const functions = functionsOf(script.list);
  return simpleCommandsOf(script.list).flatMap((command): Trap[] => {
    if (programName(command) !== 'trap') return [];
    const [actionWord, ...names] = command.words.slice(command.words[1]?.value === '--' ? 2 : 1);
    if (!actionWord || names.length === 0 || actionWord.value === '-' || actionWord.value === '') return [];
    const signals = names.map(({ value = '' }) => {
      const name = value.toUpperCase().replace(/^SIG/, '');
      return numbered.get(name) ?? name;
    });
    const text = actionText(script, actionWord);
    const called = text === undefined ? undefined : simpleCommandsOf(parseShellCommand(text).list);
    const action = called?.flatMap((inner) => {
      const body = functions.get(inner.words[0]?.value ?? '');
      return body ? simpleCommandsOf(body) : [inner];
    });
    const isKnown = action?.every(({ words }) => words.length === 0 || words[0]!.value !== undefined);
    return [{ command, signals, actionWord, action: isKnown ? action : undefined }];
  });
}

/** The action's text; a double-quoted one may hold variables, which make no difference to which commands run. */
function actionText({ text }: ShellScript, word: ShellWord): string | undefined {
  if (word.value !== undefined) return word.value;
  const raw = text.slice(word.start, word.end);
  return /^"[^"`]*"$/s.test(raw) ? raw.slice(1, -1) : undefined;
}
