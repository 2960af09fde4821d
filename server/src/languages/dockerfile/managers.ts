import type { DockerfileFacts, Stage } from './facts.ts';
import { stagesBehind } from './imageShell.ts';
import type { Instruction } from './instructions.ts';

const withVersion = /\b(npm|yarn|pnpm)@([\w.^~-]+)/g;
const installed = /\b(?:npm|yarn|pnpm)\s[^;&|]{0,200}?\b(?:-g|--global|global add)\b[^;&|]{0,200}/g;

/** The package managers that RUN instructions install: `npm install -g pnpm@9`, `corepack prepare yarn@4.1.0`. */
export function managersInstalled(steps: readonly Instruction[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { keyword, argument } of steps) {
    if (keyword !== 'RUN') continue;
    for (const [command] of argument.text.matchAll(installed)) {
      for (const [name] of command.matchAll(/(?<=\s)(npm|yarn|pnpm)(?=\s|$)/g)) found.set(name, 'latest');
    }
    for (const [, name, version] of argument.text.matchAll(withVersion))
      found.set(name!, version!.replace(/^[\^~]/, ''));
  }
  return found;
}

/** The version of a manager that a stage, or one it is made from, installs. */
export function installedManager(facts: DockerfileFacts, stage: Stage, name: string): string | undefined {
  return stagesBehind(facts, stage)
    .map(({ managers }) => managers.get(name))
    .find((version) => version !== undefined);
}

/** The names of Node's long-term releases, which its images carry as tags. */
const releaseNames: ReadonlyMap<string, string> = new Map([
  ['hydrogen', '18'],
  ['iron', '20'],
  ['jod', '22'],
  ['krypton', '24'],
]);

/** The version of Node of an official image, as far as its tag tells: `20.10`, `22`; the newest for `lts` and the like. */
export function nodeOfImage(facts: DockerfileFacts, stage: Stage): string | undefined {
  const { base } = stagesBehind(facts, stage).at(-1)!;
  if (base.kind !== 'image' || !/^((.*\/)?library\/|docker\.io\/)?node$/.test(base.image.name))
    return undefined;
  const { tag, hasDigest } = base.image;
  if (tag === undefined) return hasDigest ? undefined : '24';
  const number = /^(\d+(\.\d+){0,2})(?=-|$)/.exec(tag)?.[1];
  if (number) return number;
  const [word = ''] = tag.split('-');
  if (tag.includes('*')) return undefined;
  return (
    releaseNames.get(word) ??
    (/^(lts|latest|current|alpine|slim|bookworm|bullseye|trixie)/.test(word) ? '24' : undefined)
  );
}
