import type { Command } from '../../../languages/dockerfile/facts.ts';
import { nestedRun, type ShellRun, shellRunOf } from '../../../languages/dockerfile/shellRun.ts';
import type { SimpleCommand } from '../../../languages/shell/ast.ts';
import type { CallWord, ManagerCall } from '../../../languages/shell/calls.ts';
import { managerCallOf } from '../../../languages/shell/managerCall.ts';
import { parseShellCommand } from '../../../languages/shell/parse.ts';
import { startPathOf } from '../../../languages/shell/startPath.ts';
import type { ContainerStart } from '../../../project/containerStart.ts';
import type { ImageSource } from '../../../project/imageFiles.ts';
import type { ProjectFile } from '../../../project/project.ts';
import { quoted } from './resolve.ts';

/** Where the words of a manager's call stand. */
export type CallSite =
  /** In a command text that a shell runs: shell form, or the text behind `sh -c`. */
  | { readonly kind: 'text'; readonly run: ShellRun; readonly program: SimpleCommand }
  /** In the array of one instruction, behind `before`; `isOpen`: CMD adds further arguments. */
  | {
      readonly kind: 'array';
      readonly command: Command;
      readonly before: readonly string[];
      readonly isOpen: boolean;
    }
  /** In a script of the workspace. */
  | { readonly kind: 'script'; readonly file: ProjectFile; readonly program: SimpleCommand }
  /** In a place in which it cannot be replaced. */
  | { readonly kind: 'elsewhere'; readonly command: Command; readonly why: string };

/** A container that starts through npm or its like. */
export interface ManagerStart {
  readonly call: ManagerCall;
  readonly site: CallSite;
  /** The call as it is written, on one line. */
  readonly shown: string;
}

/** The manager through which a container starts its server, if it does. */
export function managerStartOf(source: ImageSource, start: ContainerStart): ManagerStart | undefined {
  if (start.named) {
    const { file, command } = start.named;
    return found(wordsIn(command, file.text), { kind: 'script', file, program: command });
  }
  // Behind a script that runs what it is given, a CMD in shell form is a start through a shell, too.
  const isGiven = start.scripts.length > 0 && start.stage.cmd?.form === 'shell';
  const run = isGiven
    ? shellRunOf(source.facts, start.stage, () => true)
    : start.scripts.length === 0
      ? shellRunOf(source.facts, start.stage)
      : undefined;
  return run ? inText(run) : inArray(start);
}

function found(words: readonly CallWord[], site: CallSite): ManagerStart | undefined {
  const call = managerCallOf(words);
  const shown = words.map(({ raw }) => raw).join(' ');
  return call && { call, site, shown: shown.length > 60 ? `${shown.slice(0, 59)}…` : shown };
}

function wordsIn({ words }: SimpleCommand, text: string): CallWord[] {
  return words.map(({ value, start, end }) => ({ value, raw: text.slice(start, end) }));
}

function inText(run: ShellRun): ManagerStart | undefined {
  if (run.behavior === 'windows') return undefined;
  const path = startPathOf(parseShellCommand(run.text));
  const [program, ...others] = path.programs;
  if (!program || others.length > 0) return undefined;
  const nested = nestedRun(run, path);
  const inside = nested && inText(nested);
  if (inside)
    return {
      ...inside,
      site: { kind: 'elsewhere', command: run.command, why: 'it stands in a shell inside a shell' },
    };
  return found(wordsIn(program, run.text), { kind: 'text', run, program });
}

const spread = 'its words are spread over ENTRYPOINT and CMD';

function inArray({ stage: { entrypoint, cmd }, words = [] }: ContainerStart): ManagerStart | undefined {
  const first = entrypoint?.argv ?? [];
  const second = cmd?.argv ?? [];
  const all = [...first, ...second];
  const from = all.length - words.length;
  const command = from < first.length ? entrypoint : cmd;
  if (!command) return undefined;
  const asWords = (values: readonly (string | undefined)[]) =>
    values.map((value): CallWord => (value === undefined ? { raw: '?' } : { value, raw: quoted(value) }));
  if (from < 0 || !words.every((word, index) => word === all[from + index])) {
    return found(asWords(words), { kind: 'elsewhere', command, why: spread });
  }
  if (command === cmd) {
    return found(asWords(words), {
      kind: 'array',
      command,
      before: second.slice(0, from - first.length),
      isOpen: false,
    });
  }
  const own = first.slice(from);
  const before = first.slice(0, from);
  if (second.length === 0) return found(asWords(own), { kind: 'array', command, before, isOpen: false });
  // What CMD adds are arguments for the script only where the manager cannot take them for its own.
  const isComplete =
    managerCallOf(asWords(own))?.script !== undefined && (own[0] !== 'npm' || own.at(-1) === '--');
  return isComplete
    ? found(asWords(own), { kind: 'array', command, before, isOpen: true })
    : found(asWords(words), { kind: 'elsewhere', command, why: spread });
}
