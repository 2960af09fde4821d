import type { DockerfileFacts, Stage } from './facts.ts';
import { type ShellKind, shellOfImage } from './knownImages.ts';

/** What /bin/sh is in the image of a stage. */
export interface ImageShell {
  readonly kind: ShellKind;
  /** The image that the stage is made from in the end, as one would name it; `undefined` when that is not known. */
  readonly image?: string;
}

/** What /bin/sh is in a stage's image: through earlier stages, then by the image's name, then by what RUN calls. */
export function imageShellOf(facts: DockerfileFacts, stage: Stage): ImageShell {
  const chain = stagesBehind(facts, stage);
  const base = chain.at(-1)!.base;
  const image = base.kind === 'image' ? displayName(base.image.text, base.image.name) : undefined;
  const byName = base.kind === 'image' ? shellOfImage(base.image) : 'unknown';
  if (chain.some(({ shellEvidence }) => shellEvidence.replacesShell)) return { kind: 'unknown', image };
  return { kind: byName === 'unknown' ? byEvidence(chain) : byName, image };
}

/** The stage and the earlier ones it is made from, itself first. */
export function stagesBehind(facts: DockerfileFacts, stage: Stage): readonly Stage[] {
  const chain = [stage];
  for (let base = stage.base; base.kind === 'stage'; base = chain.at(-1)!.base) {
    chain.push(facts.stages[base.index]!);
  }
  return chain;
}

/** The stage that is the image: the one named `target`, else the last one. */
export function imageStage(facts: DockerfileFacts, target?: string): Stage | undefined {
  if (target === undefined) return facts.stages.at(-1);
  return facts.stages.findLast(
    ({ name, index }) => name === target.toLowerCase() || String(index) === target,
  );
}

function byEvidence(chain: readonly Stage[]): ShellKind {
  const managers = new Set(chain.flatMap(({ shellEvidence }) => [...shellEvidence.packageManagers]));
  if (managers.size !== 1) return 'unknown';
  if (managers.has('apt')) return 'dash';
  return managers.has('apk') ? 'busybox' : 'bash-before-5.1';
}

function displayName(text: string, name: string): string | undefined {
  return [text, name].find((candidate) => !candidate.includes('*'));
}
