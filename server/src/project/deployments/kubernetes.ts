import {
  type DataMap,
  type DataNode,
  entriesOf,
  entryOf,
  itemsOf,
  textOf,
  valueAt,
} from '../../languages/data.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { Deployment, GracePeriod, MapHolder } from './deployment.ts';
import { parseSeconds } from './durations.ts';
import { hasUnknownPart, placeInValues } from './helm.ts';
import { environmentOf, lifecycleOf, preStopOf, serviceOf, stopSignalOf } from './kubernetesContainer.ts';
import { type KubernetesObject, kubernetesObjects } from './kubernetesObjects.ts';
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

/** The containers of all workloads. A workload without images is a patch (Kustomize) of the one with its name. */
export function kubernetesDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const objects = kubernetesObjects(files);
  const workloads = objects.flatMap((object) => workloadOf(object) ?? []);
  const patches = workloads.filter(({ containers }) => !containers.some((map) => entryOf(map, 'image')));
  return workloads
    .filter((workload) => !patches.includes(workload))
    .flatMap((workload) => {
      const own = patches.filter((patch) => patch.key === workload.key && patch.grace);
      const periods = own.length > 0 ? own.map(periodOf) : [periodOf(workload)];
      return workload.containers.flatMap((container) =>
        periods.map((period) => deploymentOf(workload, container, period, objects)),
      );
    });
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
  { object, podSpec, labels, containers }: Workload,
  container: DataMap,
  period: GracePeriod,
  objects: readonly KubernetesObject[],
): Deployment {
  const { path } = object;
  const own = textOf(valueAt(container, 'name'));
  const given = textOf(object.name);
  const name = (given && !hasUnknownPart(given) ? given : own) ?? object.kind;
  const image = valueAt(container, 'image');
  return {
    platform: 'kubernetes',
    name: containers.length > 1 && own ? `${name}/${own}` : name,
    at: placeOf(path, (containers.length > 1 ? image : object.name) ?? object.name ?? container),
    period,
    preStop: preStopOf(container, path),
    stopSignal: stopSignalOf(container, path),
    environment: environmentOf(container, object, objects),
    image: {
      name: textOf(image),
      builtAs: undefined,
      build: undefined,
      entrypoint: commandWords(valueAt(container, 'command'), path, known),
      command: commandWords(valueAt(container, 'args'), path, known),
      workdir: textOf(valueAt(container, 'workingDir')),
      folder: undefined,
      hasInit: textOf(valueAt(podSpec.map, 'shareProcessNamespace')) === 'true',
    },
    isDevelopment: false,
    signalHolder: undefined,
    pod: {
      service: serviceOf(object, labels, objects),
      hasPreStop: valueAt(container, 'lifecycle', 'preStop') !== undefined,
      lifecycle: lifecycleOf(container, path),
      container,
    },
  };
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
