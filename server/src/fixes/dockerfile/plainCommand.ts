import { stagesBehind } from '../../languages/dockerfile/imageShell.ts';
import { entrypointOfImage } from '../../languages/dockerfile/knownImages.ts';
import { type NestedRun, nestedRun } from '../../languages/dockerfile/shellRun.ts';
import type { ShellScript, SimpleCommand } from '../../languages/shell/ast.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { baseName, isBuiltinWithProgram, isShellOnly } from '../../languages/shell/programs.ts';
import { type StartPath, startPathOf } from '../../languages/shell/startPath.ts';
import { applyEdits, type TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { type ArrayItem, arrayText, wordsToArray } from './arrayText.ts';
import { execEdits } from './execEdits.ts';
import { argumentEdits, commentAbove } from './layout.ts';
import type { Rewrite, Start } from './rewrite.ts';
import { isBareShell } from './shells.ts';

/** A command that needs no shell. Ranges are those of the command's joined text. */
export interface PlainCommand {
  readonly items: readonly ArrayItem[];
  /** What stands in front of the first item: `env`, where variables are set. */
  readonly before: readonly string[];
  /** What is left out: an `exec`, a `;` or a comment at the end. */
  readonly dropped: readonly Range[];
  readonly comment?: string;
  readonly isSafe: boolean;
}

/** The words of a start that needs no shell, or `undefined` for one that does. */
export function plainCommand(start: Start, script: ShellScript, path: StartPath): PlainCommand | undefined {
  const nested = nestedRun(start.run, path);
  const command = onlyCommand(start, script, path, nested !== undefined);
  if (!command || !mayGoWithoutShell(start, command)) return undefined;
  const inside = nested && withExecInside(nested);
  if (nested && (!inside || start.run.behavior === 'none')) return undefined;
  const items = itemsOf(command, inside);
  const last = items?.at(-1);
  if (!items || !last) return undefined;
  const { text, comment } = script;
  const exec = command.exec ? [{ start: command.exec.start, end: items[0]!.start }] : [];
  const tail = last.end < text.length ? [{ start: last.end, end: text.length }] : [];
  return startedByImage(start, {
    items,
    before: command.assignments.length > 0 ? ['env'] : [],
    dropped: [...exec, ...tail],
    comment: comment && text.slice(comment.start, comment.end),
    // A script without `#!` only a shell can start, and a shell's own echo may differ from the program of that name.
    isSafe:
      !isBuiltinWithProgram(command) &&
      !/\.sh$/.test(command.words[0]!.value!) &&
      !hasIgnoredCmd(start) &&
      inside?.isSafe !== false,
  });
}

/** Writes the words as an array; on several lines each stays where it stands. */
export function withoutShell({ fileText, run }: Start, plain: PlainCommand): Rewrite | undefined {
  const { keyword, range } = run.command;
  const array = arrayText([...plain.before, ...plain.items.map(({ value }) => value)]);
  const removed = plain.dropped.map((dropped): TextEdit => ({ ...dropped, newText: '' }));
  const pieces = [...wordsToArray(plain.items, plain.before), ...removed];
  const edits = argumentEdits(fileText, run.command, pieces, array);
  if (!edits) return undefined;
  const moved = plain.comment === undefined ? [] : [commentAbove(fileText, range, plain.comment)];
  const result = `${fileText.slice(keyword.start, keyword.end)} ${array}`;
  return { result, isSafe: plain.isSafe, edits: [...moved, ...edits] };
}

/** The command, where it is the only one and stands by itself. */
function onlyCommand(
  { run }: Start,
  { list }: ShellScript,
  { shape }: StartPath,
  isShell: boolean,
): SimpleCommand | undefined {
  const command = list.items.length === 1 ? list.items[0]!.command : undefined;
  if (!run.isShellForm || command?.kind !== 'simple') return undefined;
  const isAlone = shape === 'alone' || (shape === 'exec' && (isShell || run.behavior === 'none'));
  return isAlone && !command.hasRedirections && !isShellOnly(command) ? command : undefined;
}

function mayGoWithoutShell(start: Start, command: SimpleCommand): boolean {
  if (start.run.behavior !== 'none') return isBareShell(start) && !hasIgnoredCmd(start);
  // Without a shell there is no `env` either. A CMD in shell form would become arguments that make no sense.
  return command.assignments.length === 0 && (!hasIgnoredCmd(start) || start.stage.cmd?.form === 'exec');
}

/** An ENTRYPOINT in shell form ignores CMD; in exec form without a shell it would get it as arguments. */
function hasIgnoredCmd({ run, stage: { cmd } }: Start): boolean {
  return run.command.instruction === 'ENTRYPOINT' && cmd !== undefined && cmd.argv?.length !== 0;
}

/** A word that is the text of one more shell, with `exec` in it. */
interface InnerText {
  readonly wordIndex: number;
  readonly value: string;
  readonly isSafe: boolean;
}

function withExecInside({ text, wordIndex }: NestedRun): InnerText | undefined {
  const script = parseShellCommand(text);
  const path = startPathOf(script);
  if (path.shape === 'exec') return { wordIndex, value: text, isSafe: true };
  const exec = execEdits(script, path);
  return exec && { wordIndex, value: applyEdits(text, exec.edits), isSafe: exec.isSafe };
}

function itemsOf(
  { assignments, words }: SimpleCommand,
  inside?: InnerText,
): readonly ArrayItem[] | undefined {
  const items = [
    ...assignments.map(({ start, end, name, value }) => ({
      start,
      end,
      value: value === undefined ? undefined : `${name}=${value}`,
    })),
    ...words.map((word, index) => (index === inside?.wordIndex ? { ...word, value: inside.value } : word)),
  ];
  return items.every((item): item is ArrayItem => item.value !== undefined) ? items : undefined;
}

/** Where the image's own ENTRYPOINT is node, CMD must not name it again, and elsewhere needs node's place. */
function startedByImage({ facts, stage, run }: Start, plain: PlainCommand): PlainCommand {
  const { base } = stagesBehind(facts, stage).at(-1)!;
  const [first, second] = plain.items;
  if (base.kind !== 'image' || run.behavior !== 'none' || baseName(first?.value) !== 'node') return plain;
  const [node] = entrypointOfImage(base.image, []);
  if (!first || node === undefined) return plain;
  const others = plain.items.slice(1);
  if (run.command.instruction === 'ENTRYPOINT') {
    return { ...plain, items: [{ ...first, value: node }, ...others], isSafe: false };
  }
  if (!second) return plain;
  const dropped = [...plain.dropped, { start: first.start, end: second.start }];
  return { ...plain, items: others, dropped, isSafe: false };
}
