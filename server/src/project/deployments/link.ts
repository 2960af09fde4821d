import type { DockerfileFacts, Stage } from '../../languages/dockerfile/facts.ts';
import { imageStage } from '../../languages/dockerfile/imageShell.ts';
import { stageStart } from '../../languages/dockerfile/startCommand.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { startPathOf } from '../../languages/shell/startPath.ts';
import { joinPath } from '../../text/paths.ts';
import type { Range } from '../../text/range.ts';
import { type ContainerStart, containerStartOf } from '../containerStart.ts';
import { binTest } from '../dockerfiles.ts';
import type { DockerfileInProject, ProjectFile } from '../project.ts';
import type { CommandWords, Deployment } from './deployment.ts';
import { dockerfileOfImage, type ImageSources } from './images.ts';
import { mountedImage } from './mountedImage.ts';
import { ownCommandOf } from './ownCommand.ts';
import { splitWords } from './shellWords.ts';

/** What a deployment runs, as far as it can be known before the servers are. */
export interface Run {
  readonly deployment: Deployment;
  readonly dockerfile: string | undefined;
  /** The image, where it is one of nothing but a runtime with the workspace's folders in it. */
  readonly mounted: DockerfileInProject | undefined;
  /** The stage that is the image. */
  readonly stage: Stage | undefined;
  /** The image's own command runs, so that its servers are the deployment's. */
  readonly isImageCommand: boolean;
  /** Another command line, where it is known, and its place. */
  readonly words: readonly string[] | undefined;
  readonly workdir: string | undefined;
  /** The Dockerfile or package.json beside which a command's files are looked for. */
  readonly base: string | undefined;
  readonly range: Range;
  /** What a command of the deployment's own starts in its image. */
  readonly start: ContainerStart | undefined;
}

/** What each deployment runs; nothing is said of a command that is not known. */
export function runsOf(
  deployments: readonly Deployment[],
  files: ReadonlyMap<string, ProjectFile>,
  sources: ImageSources,
): Run[] {
  return deployments.map((deployment) => runOf(deployment, files, sources));
}

function runOf(deployment: Deployment, files: ReadonlyMap<string, ProjectFile>, sources: ImageSources): Run {
  const { image, at } = deployment;
  const dockerfile = image.build
    ? image.build.dockerfile
    : image.name === undefined
      ? undefined
      : dockerfileOfImage(image.name, sources);
  const mounted = dockerfile === undefined ? mountedImage(image, sources.roots) : undefined;
  const facts = mounted?.facts ?? dockerfileAt(dockerfile, files);
  const path = mounted?.file.path ?? dockerfile;
  const override = image.entrypoint ?? image.command;
  const stage = facts && imageStage(facts, image.build?.target);
  const run: Run = {
    deployment,
    dockerfile: facts && path,
    mounted,
    stage,
    isImageCommand: false,
    words: undefined,
    workdir: image.workdir ?? stage?.workdir,
    base: facts && path,
    range: override?.at.range ?? at.range,
    start: undefined,
  };
  if (!facts || !stage)
    return image.folder === undefined ? run : { ...run, ...plainRun(image.folder, override, sources) };
  if (!override && stage === facts.stages.at(-1)) return { ...run, isImageCommand: true };
  if (!override) return { ...run, words: known(stageStart(facts, stage)?.words) };
  const words = overridden(image, stage);
  const usual = stageStart(facts, stage)?.words;
  const isSame = words !== undefined && usual?.join('\0') === words.join('\0');
  const own = ownCommandOf(image, stage);
  const source = { path: run.base ?? '', facts, files, roots: sources.roots };
  const start = own && containerStartOf(source, own.stage, binTest(sources.packages));
  return { ...run, isImageCommand: isSame, words: words && throughShell(words), start };
}

/** A command that runs without a container, `npm start` resolved through package.json. */
function plainRun(
  folder: string,
  command: CommandWords | undefined,
  { packages }: ImageSources,
): Pick<Run, 'words' | 'workdir' | 'base'> {
  const base = joinPath(folder, 'package.json');
  const words = command?.words && throughShell(command.words);
  const [manager = '', verb = '', script = ''] = words ?? [];
  if (!words || !/^(npm|yarn|pnpm|bun)$/.test(manager)) return { words, workdir: undefined, base };
  const name = /^run(-script)?$/.test(verb) ? script : verb || 'start';
  const text = packages
    .find(({ path }) => path === base)
    ?.facts.scripts.find((each) => each.name === name)?.value;
  return { words: text === undefined ? undefined : splitWords(text), workdir: undefined, base };
}

/** The facts of a Dockerfile by its path; `undefined` where none is read there. */
export function dockerfileAt(
  path: string | undefined,
  files: ReadonlyMap<string, ProjectFile>,
): DockerfileFacts | undefined {
  const facts = path === undefined ? undefined : files.get(path)?.facts;
  return facts?.language === 'dockerfile' ? facts.dockerfile : undefined;
}

/** ENTRYPOINT and CMD with what the deployment puts in their place, as Docker joins them. */
function overridden(
  {
    entrypoint,
    command,
  }: { readonly entrypoint: CommandWords | undefined; readonly command: CommandWords | undefined },
  stage: Stage | undefined,
): readonly string[] | undefined {
  const first = entrypoint ? entrypoint.words : argvOf(stage?.entrypoint);
  // A new entrypoint takes the image's CMD away.
  const rest = command ? command.words : entrypoint ? [] : argvOf(stage?.cmd);
  return first && rest ? [...first, ...rest] : undefined;
}

function argvOf(command: Stage['cmd']): readonly string[] | undefined {
  if (!command) return [];
  return command.form === 'exec' ? command.argv : undefined;
}

function known(words: readonly (string | undefined)[] | undefined): readonly string[] | undefined {
  return words?.every((word) => word !== undefined) ? words : undefined;
}

/** `sh -c "exec node x"` runs `node x`. */
function throughShell(words: readonly string[]): readonly string[] | undefined {
  const [shell = '', option = '', text] = words;
  if (!/(^|\/)(ba|da|a)?sh$/.test(shell) || !/^-\w*c$/.test(option) || text === undefined) return words;
  const { programs } = startPathOf(parseShellCommand(text));
  const inner = programs[0]?.words.map(({ value }) => value);
  return programs.length === 1 && inner?.every((word) => word !== undefined) ? inner : undefined;
}
