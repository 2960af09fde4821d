import { baseName, isShellName } from '../shell/programs.ts';
import type { ShellBehavior } from '../shell/signals.ts';
import type { StartPath } from '../shell/startPath.ts';
import type { Command, DockerfileFacts, Stage } from './facts.ts';
import { type ImageShell, imageShellOf } from './imageShell.ts';
import { bashIn } from './knownImages.ts';
import { splitInit } from './processTree.ts';

/** A container's start that goes through a shell: shell form, or an array such as `["sh", "-c", "..."]`. */
export interface ShellRun {
  /** The instruction in which the command text stands. */
  readonly command: Command;
  readonly isShellForm: boolean;
  /** What the shell runs. */
  readonly text: string;
  /** The shell with its options, the last of which takes the text: `["/bin/sh", "-c"]`. */
  readonly shell: readonly string[];
  /** `none`: the image has no such shell; `windows`: cmd or PowerShell. */
  readonly behavior: ShellBehavior | 'none' | 'windows';
  readonly inImage: ImageShell;
  /** tini or its like, which is process 1 instead of the shell. */
  readonly init?: string;
}

/** Docker's shell where no SHELL instruction names another; Windows images have cmd. */
export const defaultShell: readonly string[] = ['/bin/sh', '-c'];
const windowsShell: readonly string[] = ['cmd', '/S', '/C'];

/** Says of an ENTRYPOINT's array whether the program that it names becomes what CMD says. */
export type RunsArguments = (entrypoint: readonly string[]) => boolean;

/**
 * How a stage's container starts through a shell.
 * @param runsArguments left out: whether the ENTRYPOINT is an init alone
 * @returns `undefined` when it does not, when an array is malformed, or when an ENTRYPOINT in exec form gets a
 *   CMD in shell form as mere arguments
 */
export function shellRunOf(
  facts: DockerfileFacts,
  stage: Stage,
  runsArguments: RunsArguments = isInitAlone,
): ShellRun | undefined {
  const { entrypoint, cmd } = stage;
  if (entrypoint?.form === 'shell') return shellFormRun(facts, stage, entrypoint);
  if (entrypoint && entrypoint.form !== 'exec') return undefined;
  const argv = entrypoint?.argv ?? [];
  if (cmd?.form === 'shell' && (argv.length === 0 || runsArguments(argv))) {
    return { ...shellFormRun(facts, stage, cmd), init: splitInit(argv).init };
  }
  if (cmd && cmd.form !== 'exec') return undefined;
  return arrayRun(facts, stage);
}

function isInitAlone(entrypoint: readonly string[]): boolean {
  const { init, rest } = splitInit(entrypoint);
  return init !== undefined && rest === undefined;
}

/** The shell that runs a command in shell form, with its options. */
export function shellOf(facts: DockerfileFacts, stage: Stage, command: Command): readonly string[] {
  const isWindows = imageShellOf(facts, stage).kind === 'windows';
  return command.shell ?? (isWindows ? windowsShell : defaultShell);
}

function shellFormRun(facts: DockerfileFacts, stage: Stage, command: Command): ShellRun {
  const inImage = imageShellOf(facts, stage);
  const shell = shellOf(facts, stage, command);
  const behavior = behaviorOf(shell, inImage);
  return { command, isShellForm: true, text: command.argument.text, shell, behavior, inImage };
}

function arrayRun(facts: DockerfileFacts, stage: Stage): ShellRun | undefined {
  const commands = [stage.entrypoint, stage.cmd].flatMap((command) => command ?? []);
  const words = commands.flatMap((command) => (command.argv ?? []).map((word) => ({ word, command })));
  const { init, rest } = splitInit(words.map(({ word }) => word));
  const text = rest && scriptIndex(rest);
  if (!rest || text === undefined) return undefined;
  const { word, command } = words[words.length - rest.length + text]!;
  const inImage = imageShellOf(facts, stage);
  const shell = rest.slice(0, text);
  const behavior = behaviorOf(shell, inImage);
  return { command, isShellForm: false, text: word, shell, behavior, inImage, init };
}

/** The inner run of a start whose program is itself `sh -c TEXT`, as far as its words are plain. */
export function nestedRun(run: ShellRun, { programs }: StartPath): NestedRun | undefined {
  const [program] = programs;
  const words = programs.length === 1 ? program!.words.map(({ value }) => value) : [];
  const argv = words.filter((word) => word !== undefined);
  const index = argv.length === words.length ? scriptIndex(argv) : undefined;
  if (index === undefined) return undefined;
  const shell = argv.slice(0, index);
  const behavior = behaviorOf(shell, run.inImage);
  return { ...run, isShellForm: false, text: argv[index]!, shell, behavior, wordIndex: index };
}

/** A run of which the command text is a word of another one. */
export interface NestedRun extends ShellRun {
  /** Which of the program's words it is. */
  readonly wordIndex: number;
}

/** Where the command text stands in `sh -c TEXT`, or `undefined` for any other command. */
export function scriptIndex(argv: readonly string[]): number | undefined {
  if (!isShellName(argv[0])) return undefined;
  const option = argv.findIndex((word, at) => at > 0 && /^-[a-z]*c$/.test(word));
  return option > 0 && option + 1 < argv.length ? option + 1 : undefined;
}

/** How a shell of an image treats what it starts. */
export function behaviorOf(shell: readonly string[], { kind, image }: ImageShell): ShellRun['behavior'] {
  const name = baseName(shell[0])?.toLowerCase() ?? '';
  if (/^(cmd|powershell|pwsh)$/.test(name)) return 'windows';
  if (shell[0]?.startsWith('/busybox/') || name === 'ash') return 'busybox';
  if (kind === 'none' || name === 'dash') return kind === 'none' ? 'none' : 'dash';
  if (name === 'bash') return bashIn(image);
  return name === 'sh' ? (kind === 'windows' ? 'unknown' : kind) : 'unknown';
}
