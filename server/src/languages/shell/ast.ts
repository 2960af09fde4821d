import type { Range } from '../../text/range.ts';

/** A shell command text, as far as starting and replacing processes is concerned. Ranges are those of the text. */
export interface ShellScript {
  readonly text: string;
  readonly list: ShellList;
  /** The text is not a complete shell command (an open quote, a missing `fi`). */
  readonly isBroken: boolean;
  /** A comment at the end, from its `#` on. */
  readonly comment?: Range;
}

/** Commands with what joins each to the next one. */
export interface ShellList {
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly command: ShellCommand;
  /** Stands behind the command; `''` behind the last one. */
  readonly operator: '&&' | '||' | ';' | '&' | '';
}

export type ShellCommand = SimpleCommand | Pipeline | CompoundCommand;

/** One program with its arguments. */
export interface SimpleCommand extends Range {
  readonly kind: 'simple';
  readonly assignments: readonly ShellAssignment[];
  /** The program and its arguments, without a leading `exec`; empty for assignments or redirections alone. */
  readonly words: readonly ShellWord[];
  /** The word `exec` in front. */
  readonly exec?: Range;
  readonly hasRedirections: boolean;
}

export interface ShellWord extends Range {
  /** What the program gets; `undefined` when only a shell can tell (a variable, glob, tilde or substitution). */
  readonly value?: string;
}

export interface ShellAssignment extends Range {
  readonly name: string;
  /** `undefined` when only a shell can tell. */
  readonly value?: string;
}

/** `a | b`, or a single command behind `!` or `time`. */
export interface Pipeline extends Range {
  readonly kind: 'pipeline';
  readonly commands: readonly ShellCommand[];
}

/**
 * `branch`: if and case; `test`: `[[ ]]` and `(( ))`, which start nothing; `function`: a definition, which starts
 * nothing by itself; `other`: coprocesses.
 */
export interface CompoundCommand extends Range {
  readonly kind: 'compound';
  readonly shape: 'group' | 'subshell' | 'branch' | 'loop' | 'test' | 'function' | 'other';
  /** The name that a `function` defines. */
  readonly name?: string;
  /** What the command runs: a group's, loop's or function's body, the branches of `if` and `case`. */
  readonly bodies: readonly ShellList[];
  /** What it runs to decide: the conditions of `if`. */
  readonly conditions: readonly ShellList[];
  readonly hasRedirections: boolean;
}

/** Every simple command of a list, in the order of the text, conditions and bodies included. */
export function simpleCommandsOf(list: ShellList): readonly SimpleCommand[] {
  return list.items.flatMap(({ command }) => simpleCommandsIn(command));
}

function simpleCommandsIn(command: ShellCommand): readonly SimpleCommand[] {
  if (command.kind === 'simple') return [command];
  if (command.kind === 'pipeline') return command.commands.flatMap(simpleCommandsIn);
  return [...command.conditions, ...command.bodies].flatMap(simpleCommandsOf);
}
