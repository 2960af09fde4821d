import {
  type DataMap,
  type DataNode,
  entriesOf,
  entryOf,
  itemsOf,
  textOf,
  valueAt,
} from '../../languages/data.ts';
import { placeOf } from './composeService.ts';
import type { Delay, MapHolder, NamedSignal, Place, Variable } from './deployment.ts';
import { parseSeconds } from './durations.ts';
import { hasUnknownPart, placeInValues } from './helm.ts';
import type { KubernetesObject } from './kubernetesObjects.ts';

/** The container's `lifecycle`, where it has one. */
export function lifecycleOf(container: DataMap, path: string): MapHolder | undefined {
  const entry = entryOf(container, 'lifecycle');
  return entry?.value.kind === 'map' ? { path, key: entry.keyRange, map: entry.value } : undefined;
}

/** The Service whose selector the pod's labels meet. */
export function serviceOf(
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
      selector.every(({ key, value }) => labels.get(key) === knownText(value))
    );
  });
  return service && placeOf(service.path, service.name ?? service.root);
}

/** A `sleep` action, or a command that sleeps. */
export function preStopOf(container: DataMap, path: string): Delay | undefined {
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

/** The signal that a container asks for. */
export function stopSignalOf(container: DataMap, path: string): NamedSignal | undefined {
  const node = valueAt(container, 'lifecycle', 'stopSignal');
  const name = textOf(node);
  return node && name ? { name, at: placeOf(path, node) } : undefined;
}

/** What a container is given: of its own, and from the ConfigMaps of the workspace. */
export function environmentOf(
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
  const generated = (name: string | undefined) => (name === undefined ? [] : generatedBy(name, objects));
  for (const source of itemsOf(valueAt(container, 'envFrom'))) {
    const from = configMap(textOf(valueAt(source, 'configMapRef', 'name')));
    for (const { key, value } of entriesOf(valueAt(from?.root, 'data'))) {
      if (from) variables.set(key, { value: knownText(value), at: placeOf(from.path, value) });
    }
    for (const [key, variable] of generated(textOf(valueAt(source, 'configMapRef', 'name')))) {
      variables.set(key, variable);
    }
  }
  for (const item of itemsOf(valueAt(container, 'env'))) {
    const name = textOf(valueAt(item, 'name'));
    const value = valueAt(item, 'value');
    if (!name) continue;
    const reference = valueAt(item, 'valueFrom', 'configMapKeyRef');
    const from = reference && configMap(textOf(valueAt(reference, 'name')));
    const referred = valueAt(from?.root, 'data', textOf(valueAt(reference, 'key')) ?? '');
    if (from && referred)
      variables.set(name, { value: knownText(referred), at: placeOf(from.path, referred) });
    else
      variables.set(name, {
        value: knownText(value),
        at: (value && placeInValues(value)) ?? placeOf(path, value ?? item),
      });
  }
  return variables;
}

/** The literals that a kustomization makes a ConfigMap of. */
function generatedBy(name: string, objects: readonly KubernetesObject[]): [string, Variable][] {
  return objects
    .filter(({ kind }) => kind === 'Kustomization')
    .flatMap(({ root, path }) =>
      itemsOf(valueAt(root, 'configMapGenerator'))
        .filter((generator) => textOf(valueAt(generator, 'name')) === name)
        .flatMap((generator) => itemsOf(valueAt(generator, 'literals')))
        .flatMap((literal): [string, Variable][] => {
          const [, key, value] = /^([^=]+)=([\s\S]*)$/.exec(textOf(literal) ?? '') ?? [];
          return key === undefined ? [] : [[key, { value, at: placeOf(path, literal) }]];
        }),
    );
}

function knownText(node: DataNode | undefined): string | undefined {
  const text = textOf(node);
  return text === undefined || hasUnknownPart(text) ? undefined : text;
}
