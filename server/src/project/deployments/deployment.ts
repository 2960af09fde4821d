import type { DataMap } from '../../languages/data.ts';
import type { Range } from '../../text/range.ts';
import type { Mount } from './mountedImage.ts';
import type { PlatformId } from './platforms.ts';

/** A place in a file of the project. */
export interface Place {
  readonly path: string;
  readonly range: Range;
}

/** One way in which a server is run: a compose service, a container of a Kubernetes workload, a Fly app. */
export interface Deployment {
  readonly platform: PlatformId;
  /** The service, workload or app, as its file calls it. */
  readonly name: string;
  /** Where that name stands: what is told of a default is told there. */
  readonly at: Place;
  readonly period: GracePeriod;
  /** What the platform waits before it sends the signal. */
  readonly preStop: Delay | undefined;
  /** The signal that the deployment names; none: the image's or the platform's own. */
  readonly stopSignal: NamedSignal | undefined;
  /** Variables that it sets for the server. */
  readonly environment: ReadonlyMap<string, Variable>;
  readonly image: ImageUse;
  /** Where a missing signal key would go; see {@link GracePeriod.holder}. */
  readonly signalHolder: KeyHolder | undefined;
  /** It says of itself that it is for development or tests. */
  readonly isDevelopment: boolean;
  /** Set for Kubernetes. */
  readonly pod: PodSetup | undefined;
}

/** How long the platform waits between signal (or preStop) and SIGKILL. */
export interface GracePeriod {
  /** In ms; `undefined` where it is set to something that is not known. */
  readonly ms: number | undefined;
  /** The value that sets it; none: it is the platform's default. */
  readonly setAt: Place | undefined;
  /** Where a missing key would go; `undefined` where the file has no plain place for it. */
  readonly holder: KeyHolder | undefined;
}

/**
 * What may take one more key: a map of a file, a command line that takes options (behind the word that ends at
 * `behind`), a file of `Key=value` lines (behind the line that ends at `line`),
 * or an object of JavaScript (behind one of its properties).
 */
export type KeyHolder =
  | MapHolder
  | { readonly path: string; readonly behind: number }
  | { readonly path: string; readonly line: number }
  | { readonly path: string; readonly property: Range };

/** A map of a file that may take one more key. */
export interface MapHolder {
  readonly path: string;
  /** The key behind which the map begins; `undefined` for the root of a file and the maps of a list. */
  readonly key: Range | undefined;
  readonly map: DataMap;
}

export interface Delay {
  readonly ms: number;
  readonly at: Place;
}

export interface NamedSignal {
  readonly name: string;
  readonly at: Place;
}

export interface Variable {
  /** `undefined` where it comes from elsewhere. */
  readonly value: string | undefined;
  readonly at: Place;
}

/** What a deployment runs, as it says itself. */
export interface ImageUse {
  /** The image's name, with its tag; `undefined` where it is built or not known. */
  readonly name: string | undefined;
  /** The name that a built image is given. */
  readonly builtAs: string | undefined;
  /** What it is built from. */
  readonly build: Build | undefined;
  /** Words that replace the image's ENTRYPOINT. */
  readonly entrypoint: CommandWords | undefined;
  /** Words that replace the image's CMD. */
  readonly command: CommandWords | undefined;
  readonly workdir: string | undefined;
  /** What of the workspace stands in the container, over what the image holds there. */
  readonly mounts?: readonly Mount[];
  /** Where no image is known: the command runs in this folder of the workspace, without a container. */
  readonly folder: string | undefined;
  /** The platform puts an init in front, so that the server is not process 1. */
  readonly hasInit: boolean;
}

export interface Build {
  /** The Dockerfile's path. */
  readonly dockerfile: string;
  /** The stage; none: the last one. */
  readonly target: string | undefined;
}

export interface CommandWords {
  /** `undefined` where they depend on something that is not known. */
  readonly words: readonly string[] | undefined;
  readonly at: Place;
  /** Where each word stands, for a command that is written as a list; `undefined` for one text. */
  readonly wordRanges?: readonly Range[];
}

/** What Kubernetes adds. */
export interface PodSetup {
  /** The Service that sends requests to the pod. */
  readonly service: Place | undefined;
  /** It does something before the signal, whatever that is. */
  readonly hasPreStop: boolean;
  /** The container's `lifecycle`, where it has one. */
  readonly lifecycle: MapHolder | undefined;
  /** The container, which may take a `lifecycle`. */
  readonly container: DataMap;
}
