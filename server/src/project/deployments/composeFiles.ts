import { type DataEntry, type DataMap, entriesOf, entryOf, valueAt } from '../../languages/data.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { parseEnvFile } from './variables.ts';

/** A compose file with its services. */
export interface ComposeFile {
  readonly path: string;
  readonly folder: string;
  readonly services: readonly ServiceText[];
  /** What `.env` beside it sets. */
  readonly variables: ReadonlyMap<string, string>;
}

/** A service as one file writes it. */
export interface ServiceText {
  readonly entry: DataEntry;
  readonly map: DataMap;
}

/** Each is looked for in the other files of its folder; people's files hold some dozen. */
const maxServices = 500;

/** The compose files among the files of a project. */
export function composeFilesOf(files: ReadonlyMap<string, ProjectFile>): ComposeFile[] {
  return [...files.values()].flatMap(({ path, facts }) => {
    if (facts.language !== 'yaml') return [];
    const services = valueAt(facts.yaml.documents[0], 'services');
    if (services?.kind !== 'map' || valueAt(facts.yaml.documents[0], 'kind')) return [];
    const folder = dirname(path);
    const env = files.get(joinPath(folder, '.env'));
    return [
      {
        path,
        folder,
        services: entriesOf(services)
          .slice(0, maxServices)
          .flatMap((entry) => (entry.value.kind === 'map' ? [{ entry, map: entry.value }] : [])),
        variables: parseEnvFile(env?.text ?? ''),
      },
    ];
  });
}

/** `compose.override.yaml` and its like: read together with the main file of the same folder. */
export function isOverride(path: string): boolean {
  return /^(docker-)?compose\.override\.ya?ml$/i.test(basename(path));
}

/** The file that `docker compose up` takes without being told. */
export function isMainFile(path: string): boolean {
  return /^(docker-)?compose\.ya?ml$/i.test(basename(path));
}

/** Says what it runs, rather than only adding to another file's service. */
export function isWhole({ map }: ServiceText): boolean {
  return ['image', 'build', 'extends'].some((key) => entryOf(map, key));
}
