import type { Range } from '../../text/range.ts';
import { parseShellCommand } from '../shell/parse.ts';
import { signalFate } from '../shell/signals.ts';
import { startPathOf } from '../shell/startPath.ts';
import type { Command, DockerfileFacts, Stage } from './facts.ts';
import { stagesBehind } from './imageShell.ts';
import { entrypointOfImage } from './knownImages.ts';
import { splitInit } from './processTree.ts';
import { type ShellRun, shellOf, shellRunOf } from './shellRun.ts';

/** The process that an image starts: ENTRYPOINT and CMD put together as Docker does. */
export interface StartCommand {
  /**
   * The whole argv where no shell runs it, an init such as tini included. Where a shell runs the command: the words
   * of its program (the last command of a list), if they are plain.
   */
  readonly words?: readonly string[];
  /** The same words, `undefined` for those that only the shell can tell; the first one is known. */
  readonly program?: readonly (string | undefined)[];
  /** The folder it starts in, where that is known. */
  readonly workdir?: string;
  /** The instruction that names the program. */
  readonly range: Range;
  /** A shell starts the program: shell form, or `["sh", "-c", "..."]`. */
  readonly isShell: boolean;
  /** The argument of that instruction, its lines joined. */
  readonly text: string;
  /** Whether the program itself is process 1 once it runs: not behind an init or a shell that stays. */
  readonly isFirstProcess: 'yes' | 'no' | 'unknown';
}

/**
 * What a container of a stage runs.
 * @returns `undefined` when the file does not say (the base image does), or an array is malformed
 */
export function stageStart(facts: DockerfileFacts, stage: Stage): StartCommand | undefined {
  const run = shellRunOf(facts, stage);
  return run ? throughShell(run, stage) : direct(facts, stage);
}

function throughShell(run: ShellRun, { workdir }: Stage): StartCommand {
  const { command, text, behavior, init } = run;
  const path = startPathOf(parseShellCommand(text));
  const [program] = path.programs;
  const words = path.programs.length === 1 ? program?.words.map(({ value }) => value) : undefined;
  const isPlain = words?.every((word) => word !== undefined);
  const fate = behavior === 'none' || behavior === 'windows' ? 'unknown' : signalFate(path, behavior);
  const fromFate = { reaches: 'yes', lost: 'no', unknown: 'unknown' } as const;
  return {
    words: isPlain ? words : undefined,
    program: words?.[0] === undefined ? undefined : words,
    workdir,
    range: command.range,
    isShell: true,
    text: command.argument.text,
    isFirstProcess: init ? 'no' : fromFate[fate],
  };
}

function direct(facts: DockerfileFacts, stage: Stage): StartCommand | undefined {
  const { entrypoint, cmd, workdir } = stage;
  const commands = [entrypoint, cmd].flatMap((command) => command ?? []);
  if (commands.some(({ form }) => form === 'malformed-exec') || entrypoint?.form === 'shell')
    return undefined;
  const words = commands.flatMap((command) => argvOf(facts, stage, command));
  if (words.length === 0) return undefined;
  const { init } = splitInit(words);
  const naming = namingInstruction(entrypoint, cmd, init !== undefined);
  const all = entrypoint ? words : behindImageEntrypoint(facts, stage, words);
  return {
    words: all,
    program: all,
    workdir,
    range: naming.range,
    isShell: false,
    text: naming.argument.text,
    isFirstProcess: init ? 'no' : /entrypoint|\.(ba)?sh$/.test(words[0]!) ? 'unknown' : 'yes',
  };
}

/** An array's strings; a CMD in shell form becomes arguments, too: the shell with its command text. */
export function argvOf(facts: DockerfileFacts, stage: Stage, command: Command): readonly string[] {
  return command.argv ?? [...shellOf(facts, stage, command), command.argument.text];
}

/** An ENTRYPOINT that is only an init leaves it to CMD to name the program. */
function namingInstruction(
  entrypoint: Command | undefined,
  cmd: Command | undefined,
  hasInit: boolean,
): Command {
  const isInitAlone =
    hasInit && entrypoint !== undefined && splitInit(entrypoint.argv ?? []).rest === undefined;
  const isEmpty = entrypoint?.argv?.length === 0;
  return entrypoint && !(cmd && (isInitAlone || isEmpty)) ? entrypoint : cmd!;
}

/** Some images start node by themselves and take CMD as its arguments. */
function behindImageEntrypoint(
  facts: DockerfileFacts,
  stage: Stage,
  words: readonly string[],
): readonly string[] {
  const { base } = stagesBehind(facts, stage).at(-1)!;
  const inherited = base.kind === 'image' ? entrypointOfImage(base.image, words) : [];
  return [...inherited, ...words];
}
