import type { DataNode } from '../../languages/data.ts';
import { textOf } from '../../languages/data.ts';
import type { Deployment, GracePeriod, ImageUse, KeyHolder, Place } from './deployment.ts';
import { parseSeconds } from './durations.ts';
import { type PlatformId, platforms } from './platforms.ts';

/** What a platform with few settings of its own says; the rest is as little as possible. */
export interface PlainDeployment {
  readonly platform: PlatformId;
  readonly name: string;
  readonly at: Place;
  readonly period: GracePeriod;
  readonly image: Partial<ImageUse>;
  readonly environment?: Deployment['environment'];
  readonly preStop?: Deployment['preStop'];
  readonly stopSignal?: Deployment['stopSignal'];
  readonly signalHolder?: KeyHolder;
}

/** A deployment of such a platform: what it cannot say is left out. */
export function plainDeployment({ image, ...given }: PlainDeployment): Deployment {
  const nothing = { name: undefined, builtAs: undefined, build: undefined, entrypoint: undefined };
  return {
    preStop: undefined,
    stopSignal: undefined,
    signalHolder: undefined,
    environment: new Map(),
    isDevelopment: false,
    pod: undefined,
    ...given,
    image: {
      ...nothing,
      command: undefined,
      workdir: undefined,
      folder: undefined,
      hasInit: false,
      ...image,
    },
  };
}

/** A period in seconds under a key of a data file. */
export function secondsAt(
  node: DataNode | undefined,
  platform: PlatformId,
  path: string,
  holder: KeyHolder | undefined,
): GracePeriod {
  const text = textOf(node);
  if (!node || text === undefined) return { ms: platforms[platform].defaultMs, setAt: undefined, holder };
  const setAt = { path, range: { start: node.start, end: node.end } };
  return { ms: parseSeconds(text), setAt, holder };
}
