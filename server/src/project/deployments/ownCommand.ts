import type { Command, Stage } from '../../languages/dockerfile/facts.ts';
import type { CommandWords, ImageUse } from './deployment.ts';

/** A command of a deployment as if a Dockerfile said it, so that what reads those reads it, too. */
export interface OwnCommand {
  /** The stage of the image with the deployment's command in the place of its own. */
  readonly stage: Stage;
  /** The deployment's command in it; every other one is the image's. */
  readonly command: Command;
}

/**
 * The stage that a deployment with a command of its own runs. ENTRYPOINT and CMD that it both replaces become one.
 * @returns `undefined` where it has none, or its words are not known
 */
export function ownCommandOf(
  { entrypoint, command, workdir }: Pick<ImageUse, 'entrypoint' | 'command' | 'workdir'>,
  stage: Stage,
): OwnCommand | undefined {
  const parts = [entrypoint, command].flatMap((part) => part ?? []);
  const [first] = parts;
  if (!first || parts.some(({ words }) => words === undefined)) return undefined;
  const instruction = entrypoint ? 'ENTRYPOINT' : 'CMD';
  const own = asCommand(instruction, parts, stage.index);
  const { entrypoint: given, cmd: _, ...rest } = stage;
  const around: Stage = { ...rest, ...(workdir === undefined ? {} : { workdir, folder: workdir }) };
  // A new entrypoint takes the image's CMD away.
  const withCommand = entrypoint ? { ...around, entrypoint: own } : { ...around, cmd: own };
  return { stage: entrypoint || !given ? withCommand : { ...withCommand, entrypoint: given }, command: own };
}

function asCommand(
  instruction: Command['instruction'],
  parts: readonly CommandWords[],
  stage: number,
): Command {
  const argv = parts.flatMap(({ words = [] }) => words);
  const { range } = parts[0]!.at;
  const keyword = { start: range.start, end: range.start };
  const argument = { text: argv.join(' '), range, segments: [] };
  return { instruction, form: 'exec', range, keyword, argument, argv, stage };
}
