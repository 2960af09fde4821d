import type { Command, DockerfileFacts, Stage } from '../../languages/dockerfile/facts.ts';
import { shellRunOf } from '../../languages/dockerfile/shellRun.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { baseName, isPackageManager, isShellName } from '../../languages/shell/programs.ts';
import { startPathOf } from '../../languages/shell/startPath.ts';
import type { TextEdit } from '../../text/edits.ts';
import { type ArrayItem, arrayText, wordsToArray } from './arrayText.ts';
import { argumentEdits } from './layout.ts';
import { plainCommand, withoutShell } from './plainCommand.ts';

/** What is to be done about a CMD that does not arrive as meant. */
export interface CommandRepair {
  readonly title: string;
  readonly isSafe: boolean;
  /** Against the file's text. */
  readonly edits: readonly TextEdit[];
}

/** Repairs a CMD behind an ENTRYPOINT in shell form, which ignores it. */
export function repairIgnored(
  fileText: string,
  facts: DockerfileFacts,
  stage: Stage,
  cmd: Command,
): CommandRepair | undefined {
  if (isCommandLine(cmd)) {
    return { title: 'Remove the CMD, which has no effect', isSafe: true, edits: [removed(fileText, cmd)] };
  }
  const alone = { ...stage, cmd: undefined };
  const run = shellRunOf(facts, alone);
  if (!run || run.behavior === 'windows') return undefined;
  const start = { fileText, facts, stage: alone, run };
  const script = parseShellCommand(run.text);
  const path = startPathOf(script);
  const plain = plainCommand(start, script, path.shape === 'exec' ? { ...path, shape: 'alone' } : path);
  const entrypoint = plain && withoutShell(start, plain);
  const own = cmd.form === 'shell' ? asArguments(fileText, cmd) : [];
  if (!entrypoint || !own) return undefined;
  const title = `Let ENTRYPOINT take the CMD: ${entrypoint.result}`;
  return { title, isSafe: false, edits: [...entrypoint.edits, ...own] };
}

/** Makes an array of a CMD in shell form behind an ENTRYPOINT in exec form. */
export function repairArguments(fileText: string, cmd: Command): CommandRepair | undefined {
  if (isCommandLine(cmd)) return undefined;
  const edits = asArguments(fileText, cmd);
  const words = plainWords(cmd)?.map(({ value }) => value);
  if (!edits || !words) return undefined;
  return { title: `Pass the arguments as an array: CMD ${arrayText(words)}`, isSafe: false, edits };
}

function asArguments(fileText: string, cmd: Command): TextEdit[] | undefined {
  const items = plainWords(cmd);
  return (
    items && argumentEdits(fileText, cmd, wordsToArray(items, []), arrayText(items.map(({ value }) => value)))
  );
}

/** The words, where the whole argument is one plain command. */
function plainWords({ argument: { text } }: Command): ArrayItem[] | undefined {
  const { list, isBroken, comment } = parseShellCommand(text);
  const command = list.items.length === 1 ? list.items[0]!.command : undefined;
  if (isBroken || comment || command?.kind !== 'simple' || command.exec || command.hasRedirections)
    return undefined;
  const { words, assignments } = command;
  if (assignments.length > 0 || words.at(-1)?.end !== text.length) return undefined;
  const items = words.flatMap(({ value, start, end }) =>
    value === undefined ? [] : [{ value, start, end }],
  );
  return items.length === words.length ? items : undefined;
}

/** Whether it names a program of its own, so that as arguments it would make no sense. */
function isCommandLine({ argv, argument: { text } }: Command): boolean {
  const words = argv ?? text.split(/\s+/);
  const isProgram = /^(node|nodejs|bun|deno|tsx|ts-node|python3?|java|dotnet|exec|env)$/.test(
    baseName(words[0]) ?? '',
  );
  return isProgram || isPackageManager(words) || isShellName(words[0]);
}

/** Takes an instruction away with its lines. */
function removed(fileText: string, { range }: Command): TextEdit {
  const start = fileText.lastIndexOf('\n', range.start - 1) + 1;
  const lineEnd = fileText.indexOf('\n', range.end);
  if (lineEnd >= 0) return { start, end: lineEnd + 1, newText: '' };
  // The last line takes the line ending before it along.
  const before = /\r?\n$/.exec(fileText.slice(0, start))?.[0].length ?? 0;
  return { start: start - before, end: fileText.length, newText: '' };
}
