import { type DataMap, type DataNode, entriesOf, valueAt } from '../languages/data.ts';
import { dirname, joinPath } from '../text/paths.ts';
import { kindOf } from './fileKinds.ts';
import { memoized } from './memoize.ts';
import type { ProjectFile } from './project.ts';

/** A stage that a bake file builds. */
export interface BakeTarget {
  /** The Dockerfile's path. */
  readonly dockerfile: string;
  readonly target: string;
}

/** The stages that bake files name as plain text; what variables and functions make is left out. */
export const bakeTargets = memoized((files: ReadonlyMap<string, ProjectFile>): readonly BakeTarget[] =>
  [...files.values()].flatMap((file) => {
    const { path } = file;
    return targetsOf(rootOf(file)).flatMap((fields) => {
      const [target, context = '.', dockerfile = 'Dockerfile'] = ['target', 'context', 'dockerfile'].map(
        (key) => plainText(valueAt(fields, key)),
      );
      return target === undefined
        ? []
        : [{ target, dockerfile: joinPath(dirname(path), context, dockerfile) }];
    });
  }),
);

/** A bake file is HCL, or JSON of the same structure. */
function rootOf({ path, facts }: ProjectFile): DataNode | undefined {
  if (kindOf(path) !== 'bake') return undefined;
  if (facts.language === 'hcl') return facts.hcl.root;
  return facts.language === 'yaml' ? facts.yaml.documents[0] : undefined;
}

/** What stands in the blocks `target "name" { ... }`. */
function targetsOf(root: DataNode | undefined): DataMap[] {
  return entriesOf(root)
    .filter(({ key }) => key === 'target')
    .flatMap(({ value }) => entriesOf(value))
    .flatMap(({ value }) => (value.kind === 'map' ? [value] : []));
}

function plainText(node: DataNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  return node.value.includes('$') ? undefined : node.value;
}
