import { type DataMap, type DataNode, entryOf, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { Build, CommandWords, Delay, Deployment, ImageUse, Variable } from './deployment.ts';
import { parseSeconds } from './durations.ts';
import { plainDeployment, secondsAt } from './plainDeployment.ts';
import { commandWords } from './shellWords.ts';

/** The services of Render, DigitalOcean, Cloud Run, Azure Container Apps and Railway, from their own files. */
export function hostedDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  return [...files.values()].flatMap(({ path, facts }): Deployment[] => {
    if (facts.language === 'toml') return facts.toml.root ? railway(facts.toml.root, path, files) : [];
    if (facts.language !== 'yaml') return [];
    return facts.yaml.documents.flatMap((root): Deployment[] => {
      if (/^railway\.json$/.test(basename(path)))
        return root.kind === 'map' ? railway(root, path, files) : [];
      return [
        ...render(root, path, files),
        ...digitalOcean(root, path, files),
        ...cloudRun(root, path),
        ...azure(root, path),
      ];
    });
  });
}

function render(root: DataNode, path: string, files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  if (!/^render\.ya?ml$/.test(basename(path))) return [];
  return itemsOf(valueAt(root, 'services')).flatMap((service) => {
    const name = entryOf(service, 'name');
    if (service.kind !== 'map' || !name) return [];
    const folder = joinPath(dirname(path), textOf(valueAt(service, 'rootDir')) ?? '.');
    const isDocker = /^(docker|image)$/.test(
      textOf(valueAt(service, 'runtime') ?? valueAt(service, 'env')) ?? '',
    );
    const named = textOf(valueAt(service, 'dockerfilePath')) ?? 'Dockerfile';
    const command = commandWords(valueAt(service, isDocker ? 'dockerCommand' : 'startCommand'), path);
    return plainDeployment({
      platform: 'render',
      name: textOf(name.value) ?? 'service',
      at: placeOf(path, name.value),
      period: secondsAt(valueAt(service, 'maxShutdownDelaySeconds'), 'render', path, {
        path,
        key: undefined,
        map: service,
      }),
      environment: variablesOf(valueAt(service, 'envVars'), path, 'key'),
      image: isDocker ? fromDockerfile(joinPath(folder, named), files, command) : { folder, command },
    });
  });
}

function digitalOcean(root: DataNode, path: string, files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  if (!/(^|\/)(\.do\/.+|app)\.ya?ml$/.test(path) || !valueAt(root, 'name')) return [];
  return itemsOf(valueAt(root, 'services')).flatMap((service) => {
    const name = entryOf(service, 'name');
    if (service.kind !== 'map' || !name) return [];
    const top = basename(dirname(path)) === '.do' ? dirname(dirname(path)) : dirname(path);
    const folder = joinPath(top, textOf(valueAt(service, 'source_dir'))?.replace(/^\//, '') ?? '.');
    const dockerfile = textOf(valueAt(service, 'dockerfile_path'));
    const command = commandWords(valueAt(service, 'run_command'), path);
    const termination = entryOf(service, 'termination');
    const holder =
      termination?.value.kind === 'map'
        ? { path, key: termination.keyRange, map: termination.value }
        : undefined;
    return plainDeployment({
      platform: 'digitalocean',
      name: textOf(name.value) ?? 'service',
      at: placeOf(path, name.value),
      period: secondsAt(
        valueAt(service, 'termination', 'grace_period_seconds'),
        'digitalocean',
        path,
        holder,
      ),
      preStop: delayOf(valueAt(service, 'termination', 'drain_seconds'), path),
      environment: variablesOf(valueAt(service, 'envs'), path, 'key'),
      image:
        dockerfile === undefined
          ? { folder, command }
          : fromDockerfile(joinPath(top, dockerfile), files, command),
    });
  });
}

/** New requests already go elsewhere while it waits. */
function delayOf(value: DataNode | undefined, path: string): Delay | undefined {
  const ms = parseSeconds(textOf(value) ?? '');
  return value && ms ? { ms, at: placeOf(path, value) } : undefined;
}

function cloudRun(root: DataNode, path: string): Deployment[] {
  if (!textOf(valueAt(root, 'apiVersion'))?.startsWith('serving.knative.dev/')) return [];
  const name = valueAt(root, 'metadata', 'name');
  return itemsOf(valueAt(root, 'spec', 'template', 'spec', 'containers')).map((container) =>
    plainDeployment({
      platform: 'cloud-run',
      name: textOf(name) ?? 'service',
      at: placeOf(path, name ?? container),
      period: secondsAt(undefined, 'cloud-run', path, undefined),
      environment: variablesOf(valueAt(container, 'env'), path, 'name'),
      image: containerImage(container, path),
    }),
  );
}

function azure(root: DataNode, path: string): Deployment[] {
  if (textOf(valueAt(root, 'type')) !== 'Microsoft.App/containerApps') return [];
  const template = entryOf(valueAt(root, 'properties'), 'template');
  if (template?.value.kind !== 'map') return [];
  const { value: map, keyRange } = template;
  const name = valueAt(root, 'name') ?? map;
  return itemsOf(valueAt(map, 'containers')).map((container) =>
    plainDeployment({
      platform: 'azure-container-apps',
      name: textOf(name) ?? 'app',
      at: placeOf(path, name),
      period: secondsAt(valueAt(map, 'terminationGracePeriodSeconds'), 'azure-container-apps', path, {
        path,
        key: keyRange,
        map,
      }),
      environment: variablesOf(valueAt(container, 'env'), path, 'name'),
      image: containerImage(container, path),
    }),
  );
}

/** railway.json and railway.toml say the same in two ways; without `drainingSeconds` nothing certain is known. */
function railway(root: DataMap, path: string, files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const deploy = valueAt(root, 'deploy');
  const draining = valueAt(deploy, 'drainingSeconds');
  if (!/^railway\./.test(basename(path)) || !draining) return [];
  const folder = dirname(path);
  const command = commandWords(valueAt(deploy, 'startCommand'), path);
  const named = textOf(valueAt(root, 'build', 'dockerfilePath')) ?? 'Dockerfile';
  const dockerfile = joinPath(folder, named);
  return [
    plainDeployment({
      platform: 'railway',
      name: basename(folder),
      at: placeOf(path, draining),
      period: secondsAt(draining, 'railway', path, undefined),
      image: files.has(dockerfile) ? fromDockerfile(dockerfile, files, command) : { folder, command },
    }),
  ];
}

function fromDockerfile(
  dockerfile: string,
  files: ReadonlyMap<string, ProjectFile>,
  command: CommandWords | undefined,
): Partial<ImageUse> {
  const build: Build | undefined = files.has(dockerfile) ? { dockerfile, target: undefined } : undefined;
  return { build, command };
}

function containerImage(container: DataNode, path: string): Partial<ImageUse> {
  return {
    name: textOf(valueAt(container, 'image')),
    entrypoint: commandWords(valueAt(container, 'command'), path),
    command: commandWords(valueAt(container, 'args'), path),
  };
}

/** A list of variables with a name and a value. */
export function variablesOf(
  node: DataNode | undefined,
  path: string,
  key: string,
): ReadonlyMap<string, Variable> {
  return new Map(
    itemsOf(node).flatMap((item): [string, Variable][] => {
      const name = textOf(valueAt(item, key));
      const value = valueAt(item, 'value');
      return name === undefined ? [] : [[name, { value: textOf(value), at: placeOf(path, value ?? item) }]];
    }),
  );
}
