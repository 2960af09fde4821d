import { type DataNode, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import type { GracePeriod, Place } from './deployment.ts';
import { isDevelopmentName } from './development.ts';
import { parseSeconds } from './durations.ts';
import type { KubernetesObject } from './kubernetesObjects.ts';

/** A patch that says how long a workload may take to stop, other than as a workload of its own. */
export interface InlinePatch {
  readonly period: GracePeriod;
  isOf(object: KubernetesObject): boolean;
}

/**
 * The patches of kustomization files that are written in them as text, or as lists of operations, and that touch the
 * grace period. What cannot be read out of them is a period that is not known.
 */
export function inlinePatches(
  objects: readonly KubernetesObject[],
  files: ReadonlyMap<string, ProjectFile>,
): InlinePatch[] {
  return objects
    .filter(({ kind, path }) => kind === 'Kustomization' && !isDevelopmentName(basename(dirname(path))))
    .flatMap(({ root, path }) =>
      ['patches', 'patchesJson6902', 'patchesStrategicMerge']
        .flatMap((key) => itemsOf(valueAt(root, key)))
        .flatMap((patch) => patchOf(patch, path, files) ?? []),
    );
}

function patchOf(
  patch: DataNode,
  path: string,
  files: ReadonlyMap<string, ProjectFile>,
): InlinePatch | undefined {
  const body = valueAt(patch, 'patch') ?? (patch.kind === 'scalar' ? patch : undefined);
  const named = textOf(valueAt(patch, 'path'));
  const file = named === undefined ? undefined : files.get(joinPath(dirname(path), named));
  const own = files.get(path)?.text ?? '';
  const written = file ? { path: file.path, start: 0, text: file.text } : body && writtenAt(path, own, body);
  // A file that is a workload itself is read as such.
  if (!written || (file && /^kind[ \t]*:/m.test(file.text)) || !written.text.includes(key)) return undefined;
  const target = valueAt(patch, 'target');
  const kind = textOf(valueAt(target, 'kind')) ?? /^[ \t]*kind:[ \t]*(\w+)/m.exec(written.text)?.[1];
  const name = textOf(valueAt(target, 'name')) ?? /^[ \t]*name:[ \t]*([\w.-]+)/m.exec(written.text)?.[1];
  return {
    period: periodIn(written),
    isOf: (object) =>
      (kind === undefined || object.kind === kind) && (name === undefined || textOf(object.name) === name),
  };
}

const key = 'terminationGracePeriodSeconds';

interface Written {
  readonly path: string;
  readonly start: number;
  readonly text: string;
}

function writtenAt(path: string, text: string, { start, end }: DataNode): Written {
  return { path, start, text: text.slice(start, end) };
}

/** `terminationGracePeriodSeconds: 45`, or an operation on that path with its value behind it. */
function periodIn({ path, start, text }: Written): GracePeriod {
  const found = [
    ...text.matchAll(
      /terminationGracePeriodSeconds["']?(?:[ \t]*:|[ \t]*,?\s+["']?value["']?[ \t]*:)[ \t]*["']?(\d+)/g,
    ),
  ];
  const [only] = found;
  if (!only || found.length > 1) return { ms: undefined, setAt: undefined, holder: undefined };
  const [whole, digits = ''] = only;
  const at = start + only.index + whole.length - digits.length;
  const setAt: Place = { path, range: { start: at, end: at + digits.length } };
  return { ms: parseSeconds(digits), setAt, holder: undefined };
}
