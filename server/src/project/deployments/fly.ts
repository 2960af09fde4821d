import { type DataMap, entriesOf, textOf, valueAt } from '../../languages/data.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { Build, Deployment, GracePeriod, MapHolder, Variable } from './deployment.ts';
import { parseDuration, parseSeconds } from './durations.ts';
import { flyDeploys } from './flyDeploys.ts';
import { platforms } from './platforms.ts';
import { commandWords } from './shellWords.ts';

/** The apps of fly.toml files; one for each process group. */
export function flyDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const deploys = flyDeploys(files);
  return [...files.values()].flatMap(({ path, facts }) =>
    facts.language === 'toml' && facts.toml.root && basename(path).startsWith('fly')
      ? appOf(path, facts.toml.root, files, deploys)
      : [],
  );
}

function appOf(
  path: string,
  root: DataMap,
  files: ReadonlyMap<string, ProjectFile>,
  deploys: ReturnType<typeof flyDeploys>,
): Deployment[] {
  const app = valueAt(root, 'app');
  const groups = entriesOf(valueAt(root, 'processes'));
  const commands = groups.length > 0 ? groups : [undefined];
  const signal = valueAt(root, 'kill_signal');
  const signalName = textOf(signal);
  const holder: MapHolder = { path, key: undefined, map: root };
  const build = buildOf(root, path, files, deploys);
  return commands.map(
    (group): Deployment => ({
      platform: 'fly',
      name: [textOf(app) ?? 'the app', ...(groups.length > 1 && group ? [group.key] : [])].join('/'),
      at: placeOf(path, app ?? { start: 0, end: 0 }),
      period: periodOf(root, holder),
      preStop: undefined,
      stopSignal: signal && signalName ? { name: signalName, at: placeOf(path, signal) } : undefined,
      environment: environmentOf(root, path),
      image: {
        name: textOf(valueAt(root, 'build', 'image')),
        builtAs: undefined,
        build,
        entrypoint: undefined,
        command: group && commandWords(group.value, path),
        workdir: undefined,
        folder: undefined,
        hasInit: true,
      },
      isDevelopment: false,
      signalHolder: holder,
      pod: undefined,
    }),
  );
}

/** A number is of seconds, a text has a unit or is a number. */
function periodOf(root: DataMap, holder: MapHolder): GracePeriod {
  const value = valueAt(root, 'kill_timeout');
  const text = textOf(value);
  if (!value || text === undefined) return { ms: platforms.fly.defaultMs, setAt: undefined, holder };
  return { ms: parseSeconds(text) ?? parseDuration(text), setAt: placeOf(holder.path, value), holder };
}

function environmentOf(root: DataMap, path: string): ReadonlyMap<string, Variable> {
  return new Map(
    entriesOf(valueAt(root, 'env')).map(({ key, value }) => [
      key,
      { value: textOf(value), at: placeOf(path, value) },
    ]),
  );
}

/** The Dockerfile that a deploy names, else the one that the file names, else the one beside it. */
function buildOf(
  root: DataMap,
  path: string,
  files: ReadonlyMap<string, ProjectFile>,
  deploys: ReturnType<typeof flyDeploys>,
): Build | undefined {
  const build = valueAt(root, 'build');
  const target = textOf(valueAt(build, 'build-target'));
  if (deploys.has(path)) {
    const named = deploys.get(path);
    return named === undefined ? undefined : { dockerfile: named, target };
  }
  if (['image', 'builder', 'buildpacks', 'builtin'].some((key) => valueAt(build, key))) return undefined;
  const dockerfile = joinPath(dirname(path), textOf(valueAt(build, 'dockerfile')) ?? 'Dockerfile');
  return files.has(dockerfile) ? { dockerfile, target } : undefined;
}
