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
import type {
  Delay,
  Deployment,
  GracePeriod,
  MapHolder,
  NamedSignal,
  Place,
  Variable,
} from './deployment.ts';
import { parseSeconds } from './durations.ts';
import { platforms } from './platforms.ts';
import { commandWords } from './shellWords.ts';

/** One object of a manifest. */
export interface KubernetesObject {
  readonly path: string;
  readonly kind: string;
  readonly name: DataNode | undefined;
  readonly namespace: string | undefined;
  readonly root: DataMap;
}

/** Each is compared with the others; people's workspaces hold some hundred. */
const maxObjects = 3_000;

/** Every object of all manifests, those inside Lists included. */
export function kubernetesObjects(files: ReadonlyMap<string, ProjectFile>): KubernetesObject[] {
  const objects = [...files.values()].flatMap(({ path, facts }) =>
    facts.language === 'yaml' ? facts.yaml.documents.flatMap((root) => objectsIn(root, path)) : [],
  );
  return objects.slice(0, maxObjects);
}

function objectsIn(root: DataNode, path: string): KubernetesObject[] {
  const kind = textOf(valueAt(root, 'kind'));
  if (root.kind !== 'map' || !kind || !valueAt(root, 'apiVersion')) return [];
  if (kind.endsWith('List')) return itemsOf(valueAt(root, 'items')).flatMap((item) => objectsIn(item, path));
  const namespace = textOf(valueAt(root, 'metadata', 'namespace'));
  return [{ path, kind, name: valueAt(root, 'metadata', 'name'), namespace, root }];
}

/** Where the pod stands in each kind of workload. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

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
  const way = podPaths[object.kind];
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
  const name = textOf(object.name) ?? own ?? object.kind;
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
      entrypoint: commandWords(valueAt(container, 'command'), path),
      command: commandWords(valueAt(container, 'args'), path),
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

function lifecycleOf(container: DataMap, path: string): MapHolder | undefined {
  const entry = entryOf(container, 'lifecycle');
  return entry?.value.kind === 'map' ? { path, key: entry.keyRange, map: entry.value } : undefined;
}

/** The Service whose selector the pod's labels meet. */
function serviceOf(
  { namespace }: KubernetesObject,
  labels: ReadonlyMap<string, string>,
  objects: readonly KubernetesObject[],
): Place | undefined {
  const service = objects.find(({ kind, root, namespace: other }) => {
    const selector = entriesOf(valueAt(root, 'spec', 'selector'));
    return (
      kind === 'Service' &&
      (namespace === other || namespace === undefined || other === undefined) &&
      selector.length > 0 &&
      selector.every(({ key, value }) => labels.get(key) === textOf(value))
    );
  });
  return service && placeOf(service.path, service.name ?? service.root);
}

function periodOf({ grace, podSpec, object }: Workload): GracePeriod {
  if (!grace || textOf(grace) === undefined) {
    return { ms: platforms.kubernetes.defaultMs, setAt: undefined, holder: podSpec };
  }
  return { ms: parseSeconds(textOf(grace) ?? ''), setAt: placeOf(object.path, grace), holder: podSpec };
}

/** A `sleep` action, or a command that sleeps. */
function preStopOf(container: DataMap, path: string): Delay | undefined {
  const preStop = valueAt(container, 'lifecycle', 'preStop');
  const seconds = valueAt(preStop, 'sleep', 'seconds');
  const ms = seconds && parseSeconds(textOf(seconds) ?? '');
  if (seconds && ms !== undefined) return { ms, at: placeOf(path, seconds) };
  const command = valueAt(preStop, 'exec', 'command');
  const text = itemsOf(command)
    .map((item) => textOf(item) ?? '')
    .join(' ');
  const [, number = '', unit = 's'] =
    /(?:^|[\s;&/])sleep\s+(\d+(?:\.\d+)?)([smh]?)(?![\w.])/.exec(text) ?? [];
  const factor = { s: 1, m: 60, h: 3_600 }[unit || 's'] ?? 1;
  const slept = parseSeconds(String(Number(number || 'x') * factor));
  return command && slept !== undefined ? { ms: slept, at: placeOf(path, command) } : undefined;
}

function stopSignalOf(container: DataMap, path: string): NamedSignal | undefined {
  const node = valueAt(container, 'lifecycle', 'stopSignal');
  const name = textOf(node);
  return node && name ? { name, at: placeOf(path, node) } : undefined;
}

function environmentOf(
  container: DataMap,
  { path, namespace }: KubernetesObject,
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, Variable> {
  const configMap = (name: string | undefined) =>
    objects.find(
      (object) =>
        object.kind === 'ConfigMap' && textOf(object.name) === name && object.namespace === namespace,
    );
  const variables = new Map<string, Variable>();
  for (const source of itemsOf(valueAt(container, 'envFrom'))) {
    const from = configMap(textOf(valueAt(source, 'configMapRef', 'name')));
    for (const { key, value } of entriesOf(valueAt(from?.root, 'data'))) {
      if (from) variables.set(key, { value: textOf(value), at: placeOf(from.path, value) });
    }
  }
  for (const item of itemsOf(valueAt(container, 'env'))) {
    const name = textOf(valueAt(item, 'name'));
    const value = valueAt(item, 'value');
    if (!name) continue;
    const reference = valueAt(item, 'valueFrom', 'configMapKeyRef');
    const from = reference && configMap(textOf(valueAt(reference, 'name')));
    const referred = valueAt(from?.root, 'data', textOf(valueAt(reference, 'key')) ?? '');
    if (from && referred) variables.set(name, { value: textOf(referred), at: placeOf(from.path, referred) });
    else variables.set(name, { value: textOf(value), at: placeOf(path, value ?? item) });
  }
  return variables;
}
