import {
  type DataMap,
  type DataNode,
  entriesOf,
  entryOf,
  itemsOf,
  textOf,
  valueAt,
} from '../../languages/data.ts';
import { basename, dirname } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { Deployment, GracePeriod, MapHolder } from './deployment.ts';
import { isDevelopmentName } from './development.ts';
import { parseSeconds } from './durations.ts';
import { hasUnknownPart, placeInValues } from './helm.ts';
import { environmentOf, lifecycleOf, preStopOf, serviceOf, stopSignalOf } from './kubernetesContainer.ts';
import { type KubernetesObject, kubernetesObjects } from './kubernetesObjects.ts';
import { inlinePatches } from './kustomize.ts';
import { platforms } from './platforms.ts';
import { commandWords } from './shellWords.ts';

/** Where the pod stands in each kind of workload. */
const podPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** The containers of all workloads, with the patches that Kustomize lays over them. */
export function kubernetesDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const objects = kubernetesObjects(files);
  const inline = inlinePatches(objects, files);
  const workloads = objects.flatMap((object) => workloadOf(object) ?? []);
  // A workload without images is a patch of the one with its name.
  const patches = workloads.filter(({ containers }) => !containers.some((map) => entryOf(map, 'image')));
  return workloads
    .filter((workload) => !patches.includes(workload))
    .flatMap((workload) => {
      const own = patches.filter((patch) => patch.key === workload.key);
      const periods = inline.filter((patch) => patch.isOf(workload.object)).map(({ period }) => period);
      return layersOf(own).flatMap((layer) =>
        workload.containers.map((container) =>
          deploymentOf(workload, container, layer, periods.at(-1), objects),
        ),
      );
    });
}

/** The patches of each overlay, which lie in a folder together, but for development; one empty list where there are none. */
function layersOf(patches: readonly Workload[]): (readonly Workload[])[] {
  const byFolder = new Map<string, Workload[]>();
  for (const patch of patches) {
    const folder = dirname(patch.object.path);
    if (isDevelopmentName(basename(folder))) continue;
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), patch]);
  }
  return byFolder.size === 0 ? [[]] : [...byFolder.values()];
}

interface Workload {
  readonly object: KubernetesObject;
  /** Kind and name: a patch has the same. */
  readonly key: string;
  readonly podSpec: MapHolder;
  readonly labels: ReadonlyMap<string, string>;
  readonly containers: readonly DataMap[];
  readonly grace: DataNode | undefined;
}

function workloadOf(object: KubernetesObject): Workload | undefined {
  const way = podPaths.get(object.kind);
  const pod = way && valueAt(object.root, ...way);
  const spec = entryOf(pod, 'spec');
  if (!pod || spec?.value.kind !== 'map') return undefined;
  const labels = entriesOf(valueAt(pod, 'metadata', 'labels'));
  return {
    object,
    key: `${object.kind}/${textOf(object.name)}`,
    podSpec: { path: object.path, key: spec.keyRange, map: spec.value },
    labels: new Map(labels.map(({ key, value }) => [key, textOf(value) ?? ''])),
    containers: itemsOf(valueAt(spec.value, 'containers')).filter((item) => item.kind === 'map'),
    grace: valueAt(spec.value, 'terminationGracePeriodSeconds'),
  };
}

function deploymentOf(
  workload: Workload,
  container: DataMap,
  layer: readonly Workload[],
  inline: GracePeriod | undefined,
  objects: readonly KubernetesObject[],
): Deployment {
  const { object, podSpec, labels, containers } = workload;
  const { path } = object;
  const own = textOf(valueAt(container, 'name'));
  const given = textOf(object.name);
  const name = (given && !hasUnknownPart(given) ? given : own) ?? object.kind;
  const image = valueAt(container, 'image');
  // The container as it stands, and what patches say of it: the last word counts.
  const parts = [{ object, container }, ...patchesOf(own, layer)];
  const last = <T>(read: (part: Part) => T | undefined): T | undefined =>
    parts.reduceRight<T | undefined>((found, part) => found ?? read(part), undefined);
  const patched = layer.findLast(({ grace }) => grace);
  return {
    platform: 'kubernetes',
    name: containers.length > 1 && own ? `${name}/${own}` : name,
    at: placeOf(path, (containers.length > 1 ? image : object.name) ?? object.name ?? container),
    period: inline ?? periodOf(patched ?? workload),
    preStop: last((part) => preStopOf(part.container, part.object.path)),
    stopSignal: last((part) => stopSignalOf(part.container, part.object.path)),
    environment: new Map(parts.flatMap((part) => [...environmentOf(part.container, part.object, objects)])),
    image: {
      name: textOf(image),
      builtAs: undefined,
      build: undefined,
      entrypoint: last((part) => commandWords(valueAt(part.container, 'command'), part.object.path, known)),
      command: last((part) => commandWords(valueAt(part.container, 'args'), part.object.path, known)),
      workdir: textOf(valueAt(container, 'workingDir')),
      folder: undefined,
      hasInit: textOf(valueAt(podSpec.map, 'shareProcessNamespace')) === 'true',
    },
    isDevelopment: false,
    signalHolder: undefined,
    pod: {
      service: serviceOf(object, labels, objects),
      hasPreStop: parts.some((part) => valueAt(part.container, 'lifecycle', 'preStop') !== undefined),
      lifecycle: lifecycleOf(container, path),
      container,
    },
  };
}

interface Part {
  readonly object: KubernetesObject;
  readonly container: DataMap;
}

/** What the patches of an overlay say of the container of a name. */
function patchesOf(name: string | undefined, layer: readonly Workload[]): Part[] {
  return layer.flatMap(({ object, containers }) =>
    containers
      .filter((container) => textOf(valueAt(container, 'name')) === name)
      .map((container) => ({ object, container })),
  );
}

function known(text: string): string | undefined {
  return hasUnknownPart(text) ? undefined : text;
}

function periodOf({ grace, podSpec, object }: Workload): GracePeriod {
  const isSet = grace && !(grace.kind === 'scalar' && grace.value === null);
  if (!isSet) {
    return { ms: platforms.kubernetes.defaultMs, setAt: undefined, holder: podSpec };
  }
  const setAt = placeInValues(grace) ?? placeOf(object.path, grace);
  return { ms: parseSeconds(textOf(grace) ?? ''), setAt, holder: podSpec };
}
