import { type DataMap, type DataNode, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import type { ProjectFile } from '../project.ts';
import { templateDocuments } from './helm.ts';

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
  const objects = [...files.values()].flatMap((file) => {
    const { path, facts } = file;
    if (facts.language !== 'yaml') return [];
    const documents = templateDocuments(file, files) ?? facts.yaml.documents;
    return documents.flatMap((root) => objectsIn(root, path));
  });
  return objects.slice(0, maxObjects);
}

function objectsIn(root: DataNode, path: string): KubernetesObject[] {
  const kind = textOf(valueAt(root, 'kind'));
  if (root.kind !== 'map' || !kind || !valueAt(root, 'apiVersion')) return [];
  if (kind.endsWith('List')) return itemsOf(valueAt(root, 'items')).flatMap((item) => objectsIn(item, path));
  const namespace = textOf(valueAt(root, 'metadata', 'namespace'));
  return [{ path, kind, name: valueAt(root, 'metadata', 'name'), namespace, root }];
}
