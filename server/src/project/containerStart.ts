import { inFolder } from '../languages/dockerfile/copies.ts';
import type { DockerfileFacts, Stage } from '../languages/dockerfile/facts.ts';
import { imageShellOf, imageStage } from '../languages/dockerfile/imageShell.ts';
import { isInit } from '../languages/dockerfile/processTree.ts';
import { behaviorOf, scriptIndex } from '../languages/dockerfile/shellRun.ts';
import { type StartCommand, stageStart } from '../languages/dockerfile/startCommand.ts';
import type { ShellCommand, ShellList, SimpleCommand } from '../languages/shell/ast.ts';
import { isArguments } from '../languages/shell/functions.ts';
import { parseShellCommand } from '../languages/shell/parse.ts';
import { isShellName, programName, withoutWrappers } from '../languages/shell/programs.ts';
import type { ShellFacts } from '../languages/shell/scriptFile.ts';
import { type ScriptStart, scriptStartOf } from '../languages/shell/scriptStart.ts';
import { type SignalFate, signalFate } from '../languages/shell/signals.ts';
import { startPathOf } from '../languages/shell/startPath.ts';
import { basename } from '../text/paths.ts';
import { fileInImage, type ImageSource } from './imageFiles.ts';
import type { ProjectFile } from './project.ts';

/** Words of a command; `undefined` stands for one that only a shell can tell. */
export type Words = readonly (string | undefined)[];

/** A script of the workspace that a container's start goes through. */
export interface ScriptStep {
  readonly file: ProjectFile;
  readonly facts: ShellFacts;
  /** What it is called with. */
  readonly args: Words;
  /** `undefined` where it starts no server, as far as can be told. */
  readonly start: ScriptStart | undefined;
}

/** What a container of a stage starts, followed through the scripts of the workspace. */
export interface ContainerStart {
  readonly stage: Stage;
  /** What the Dockerfile says. */
  readonly command: StartCommand;
  /** From the outermost on. */
  readonly scripts: readonly ScriptStep[];
  /** The program that runs in the end, without what only prepares it (`gosu node`, `tini --`). */
  readonly words?: Words;
  /** Where its command stands, for a program that a script names by itself. */
  readonly named?: { readonly file: ProjectFile; readonly command: SimpleCommand };
  /** The folder it starts in, absolute or relative to the base image's own (`''`). */
  readonly folder?: string;
  /** Whether that program is process 1. */
  readonly isFirstProcess: 'yes' | 'no' | 'unknown';
}

type Certainty = ContainerStart['isFirstProcess'];

/** Scripts that start scripts are followed only so far. */
const maxScripts = 4;

/** The stages that are run: those that compose or bake files name as targets, else the last one. */
export function stagesRun(facts: DockerfileFacts, targets: readonly string[] = []): readonly Stage[] {
  const named = targets.flatMap((target) => imageStage(facts, target) ?? []);
  const last = imageStage(facts);
  return [...new Set([...named, ...(last ? [last] : [])])];
}

/**
 * Follows a stage's start to its program.
 * @param isServer commands beside the usual ones that start a server (the commands of the workspace's packages)
 * @returns `undefined` when the Dockerfile does not say what starts
 */
export function containerStartOf(
  source: ImageSource,
  stage: Stage,
  isServer?: (command: SimpleCommand) => boolean,
): ContainerStart | undefined {
  const command = stageStart(source.facts, stage);
  if (!command) return undefined;
  const scripts: ScriptStep[] = [];
  const { program, isFirstProcess } = command;
  let state: State = { words: program, isFirstProcess, folder: stage.folder };
  while (scripts.length < maxScripts) {
    const prepared = withoutPreparation(source, stage, state);
    const step = scriptStep(source, stage, prepared, isServer);
    state = prepared;
    if (!step) break;
    // In the Dockerfile's eyes anything that looks like a script may do anything.
    const isFirst = scripts.length === 0 && isUnread(command) ? 'yes' : state.isFirstProcess;
    scripts.push(step);
    state = behindScript({ ...state, isFirstProcess: isFirst }, step);
  }
  return { stage, command, scripts, ...state };
}

type State = Pick<ContainerStart, 'words' | 'named' | 'folder' | 'isFirstProcess'>;

function isUnread({ isFirstProcess, isShell }: StartCommand): boolean {
  return isFirstProcess === 'unknown' && !isShell;
}

/** The program without an init and what else only prepares it, looked for in the text of one more shell, too. */
function withoutPreparation(source: ImageSource, stage: Stage, state: State): State {
  if (!state.words) return state;
  const isFirstProcess = isInit(state.words[0]) ? 'no' : state.isFirstProcess;
  const words = withoutWrappers(state.words);
  const inner = throughCommandText(source, stage, words);
  if (!inner) return { ...state, words, isFirstProcess };
  return { ...state, words: inner.words, isFirstProcess: both(isFirstProcess, inner.fate) };
}

/** The script of the workspace that the words run, if they run one. */
function scriptStep(
  source: ImageSource,
  stage: Stage,
  { words, folder }: State,
  isServer?: (command: SimpleCommand) => boolean,
): ScriptStep | undefined {
  const script = words && scriptIn(words);
  if (!script || folder === undefined) return undefined;
  const file = scriptFile(source, stage, folder, script.path);
  if (file?.facts.language !== 'shell') return undefined;
  const facts = file.facts.shell;
  const isStart = (command: SimpleCommand) =>
    isServer?.(command) === true || (command.exec !== undefined && namesScript(source, command));
  return { file, facts, args: script.args, start: scriptStartOf(facts, isStart) };
}

/** What a script starts in its turn. */
function behindScript(state: State, { file, facts, args, start }: ScriptStep): State {
  const isFirstProcess = through(state.isFirstProcess, start);
  const program = start?.path.programs.length === 1 ? start.path.programs[0] : undefined;
  if (!program) return { ...state, words: undefined, isFirstProcess };
  const { text, list } = facts.script;
  return {
    isFirstProcess,
    words: withArguments(program, text, args),
    folder: changesFolder(list, program) ? undefined : state.folder,
    named: isArguments(program, text) ? state.named : { file, command: program },
  };
}

/** What a script hands on may be one more shell with a command text: `sh -c "exec node x $MODE"`. */
function throughCommandText(
  { facts }: ImageSource,
  stage: Stage,
  words: Words,
): { readonly words: Words | undefined; readonly fate: SignalFate } | undefined {
  const known = words.map((word) => word ?? '');
  const index = scriptIndex(known);
  if (index === undefined) return undefined;
  const path = startPathOf(parseShellCommand(known[index]!));
  const behavior = behaviorOf(known.slice(0, index), imageShellOf(facts, stage));
  const [program, ...others] = path.programs;
  return {
    words: others.length === 0 ? program?.words.map(({ value }) => value) : undefined,
    fate: behavior === 'none' || behavior === 'windows' ? 'unknown' : signalFate(path, behavior),
  };
}

/** Whether the program is still process 1 behind one more script. */
function through(before: Certainty, start: ScriptStart | undefined): Certainty {
  // A script that forwards signals to a server in the background stays process 1 itself.
  const isBehind = start?.fate === 'reaches' && start.path.shape !== 'exec';
  return both(before, isBehind ? 'lost' : (start?.fate ?? 'unknown'));
}

function both(before: Certainty, fate: SignalFate): Certainty {
  if (before === 'no' || fate === 'lost') return 'no';
  return fate === 'reaches' ? before : 'unknown';
}

/** The script that a command runs: itself, or the first word behind a shell's options. */
function scriptIn(words: Words): { readonly path: string; readonly args: Words } | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  if (!isShellName(first)) return { path: first, args: words.slice(1) };
  const at = words.findIndex((word, index) => index > 0 && !word?.startsWith('-'));
  const path = words[at];
  const hasText = words.slice(1, at).some((word) => /^-[a-z]*c/.test(word ?? ''));
  return path === undefined || hasText ? undefined : { path, args: words.slice(at + 1) };
}

/** Whether a command runs a script of the workspace, by its file's name. */
function namesScript({ files }: ImageSource, command: SimpleCommand): boolean {
  const name = programName(command);
  return [...files.values()].some(({ path, facts }) => facts.language === 'shell' && basename(path) === name);
}

const searched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** A script by its path in the image, or by its name in one of the folders that are searched for programs. */
function scriptFile(
  source: ImageSource,
  stage: Stage,
  folder: string,
  path: string,
): ProjectFile | undefined {
  if (path.includes('/')) return fileInImage(source, stage, inFolder(folder, path));
  // Known programs are no scripts of the workspace.
  if (!/entrypoint|\.(ba)?sh$|^(start|run|serve|launch|bootstrap)/.test(path)) return undefined;
  for (const searchedFolder of searched) {
    const file = fileInImage(source, stage, `${searchedFolder}/${path}`);
    if (file) return file;
  }
  return undefined;
}

/** The program's words, with the script's arguments in the place of `"$@"`. */
function withArguments(program: SimpleCommand, text: string, args: Words): Words {
  return program.words.flatMap((word) => {
    const isAll = isArguments({ ...program, words: [word] }, text);
    return isAll ? args : [word.value];
  });
}

/** Whether a script goes to another folder before its program starts. */
function changesFolder({ items }: ShellList, { start }: SimpleCommand): boolean {
  return items.some(({ command }) => command.start < start && changesFolderIn(command));
}

function changesFolderIn(command: ShellCommand): boolean {
  if (command.kind === 'simple') return /^(cd|pushd)$/.test(programName(command) ?? '');
  // What happens in parentheses or in a pipe stays there.
  if (command.kind === 'pipeline' || command.shape === 'subshell' || command.shape === 'function')
    return false;
  return command.bodies.some(({ items }) => items.some((item) => changesFolderIn(item.command)));
}
