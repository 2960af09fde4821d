import type { Expr } from '../../languages/source/facts.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import type { Deployment, Variable } from './deployment.ts';
import { plainDeployment } from './plainDeployment.ts';
import { platforms } from './platforms.ts';

/** The apps of PM2's ecosystem files, as far as they are written out. */
export function pm2Deployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  return [...files.values()].flatMap(({ path, facts }) => {
    if (facts.language !== 'source' || !/^(ecosystem|pm2)\.config\.[cm]?[jt]s$/.test(basename(path)))
      return [];
    const apps = facts.source.exports.flatMap((fact) =>
      fact.kind !== 'value'
        ? []
        : fact.name === 'apps'
          ? [fact.value]
          : (propertyOf(fact.value, 'apps') ?? []),
    );
    return apps.flatMap((list) =>
      list.kind === 'array' ? list.elements.flatMap((app) => appOf(app, path)) : [],
    );
  });
}

function appOf(app: Expr, path: string): Deployment[] {
  const script = propertyOf(app, 'script');
  if (script?.kind !== 'literal' || typeof script.value !== 'string') return [];
  const folder = literalOf(app, 'cwd');
  const timeout = propertyOf(app, 'kill_timeout');
  const ms = timeout?.kind === 'literal' && typeof timeout.value === 'number' ? timeout.value : undefined;
  const at = { path, range: { start: script.start, end: script.end } };
  return [
    plainDeployment({
      platform: 'pm2',
      name: literalOf(app, 'name') ?? script.value,
      at,
      period: timeout
        ? { ms, setAt: { path, range: { start: timeout.start, end: timeout.end } }, holder: undefined }
        : {
            ms: platforms.pm2.defaultMs,
            setAt: undefined,
            holder: { path, property: { start: script.start, end: script.end } },
          },
      environment: environmentOf(propertyOf(app, 'env'), path),
      image: {
        folder: joinPath(dirname(path), folder ?? '.'),
        command: { words: ['node', script.value], at },
      },
    }),
  ];
}

function environmentOf(env: Expr | undefined, path: string): Map<string, Variable> {
  if (env?.kind !== 'object') return new Map();
  return new Map(
    env.properties.flatMap(({ key, value }): [string, Variable][] => {
      const at = { path, range: { start: value.start, end: value.end } };
      const text = value.kind === 'literal' ? String(value.value) : undefined;
      return key ? [[key, { value: text, at }]] : [];
    }),
  );
}

function propertyOf(object: Expr, key: string): Expr | undefined {
  return object.kind === 'object'
    ? object.properties.find((property) => property.key === key)?.value
    : undefined;
}

function literalOf(object: Expr, key: string): string | undefined {
  const value = propertyOf(object, key);
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}
