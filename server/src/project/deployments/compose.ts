import { entryOf, textOf, valueAt } from '../../languages/data.ts';
import { joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { type ComposeFile, composeFilesOf, isMainFile, isOverride, isWhole } from './composeFiles.ts';
import { laidOver, readService, type Service, type TextOfFile } from './composeService.ts';
import type { Deployment, GracePeriod } from './deployment.ts';
import { isDevelopmentName } from './development.ts';
import { parseDuration } from './durations.ts';
import { platforms } from './platforms.ts';

/** The services of all compose files, each as it runs: with what it extends and with the files that are laid over it. */
export function composeDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const all = composeFilesOf(files);
  const textAt: TextOfFile = (path) => files.get(path)?.text;
  return all.flatMap((file) => {
    if (isOverride(file.path)) return [];
    const near = all.filter((other) => other !== file && other.folder === file.folder);
    const context = { file, all, near, textAt };
    return file.services.flatMap(({ entry }) => variantsOf(entry.key, context)).map(deploymentOf);
  });
}

interface Context {
  readonly file: ComposeFile;
  readonly all: readonly ComposeFile[];
  /** The other compose files of the folder. */
  readonly near: readonly ComposeFile[];
  readonly textAt: TextOfFile;
}

/** A service by itself (with the override file, where there is one), or with each file that is meant to be laid over it. */
function variantsOf(name: string, { file, all, near, textAt }: Context): Service[] {
  const text = file.services.find(({ entry }) => entry.key === name);
  const base = text && isWhole(text) ? extended(name, file, all, textAt, 0) : undefined;
  if (!base) return [];
  const over = near.flatMap((other) => {
    const more = other.services.find(({ entry }) => entry.key === name);
    return more && !isWhole(more) ? [{ path: other.path, service: readService(other, more, textAt) }] : [];
  });
  const override = isMainFile(file.path) ? over.find(({ path }) => isOverride(path)) : undefined;
  const alone = override ? settled(base, override.service) : base;
  // A file that is no override may be laid over this one by hand: then it decides.
  const deciding = over.filter(({ path, service }) => !isOverride(path) && (service.grace || service.signal));
  if (!alone.grace && (deciding.length > 0 || setsGraceElsewhere(name, near, textAt))) {
    return deciding.map(({ service }) => settled(base, service));
  }
  return [alone];
}

/** What the second file says counts, told at the place of the first where neither says anything. */
function settled(base: Service, over: Service): Service {
  return { ...laidOver(base, over), at: base.at, holder: base.holder };
}

/** The same service stands complete in another file of the folder, with a period: which of them counts is not known. */
function setsGraceElsewhere(name: string, near: readonly ComposeFile[], textAt: TextOfFile): boolean {
  return near.some((other) =>
    other.services.some(
      (text) => text.entry.key === name && isWhole(text) && readService(other, text, textAt).grace,
    ),
  );
}

function extended(
  name: string,
  file: ComposeFile,
  all: readonly ComposeFile[],
  textAt: TextOfFile,
  depth: number,
): Service | undefined {
  const text = file.services.find(({ entry }) => entry.key === name);
  if (!text || depth > 8) return undefined;
  const own = readService(file, text, textAt);
  const extension = entryOf(text.map, 'extends')?.value;
  if (!extension) return own;
  const base = extension.kind === 'map' ? textOf(valueAt(extension, 'service')) : textOf(extension);
  const from = textOf(valueAt(extension, 'file'));
  const other = from ? all.find(({ path }) => path === joinPath(file.folder, from)) : file;
  const inherited = base && other ? extended(base, other, all, textAt, depth + 1) : undefined;
  return inherited && laidOver(inherited, own);
}

function deploymentOf(service: Service): Deployment {
  return {
    platform: 'compose',
    name: service.name,
    at: service.at,
    period: periodOf(service),
    preStop: undefined,
    stopSignal: service.signal?.text ? { name: service.signal.text, at: service.signal.at } : undefined,
    environment: service.environment,
    image: {
      name: service.build ? undefined : service.image,
      builtAs: service.build && service.image,
      build: service.build,
      entrypoint: service.entrypoint,
      command: service.command,
      workdir: service.workdir,
      mounts: service.mounts,
      folder: undefined,
      hasInit: service.hasInit ?? false,
    },
    isDevelopment: service.profiles.length > 0 && service.profiles.every(isDevelopmentName),
    signalHolder: service.holder,
    pod: undefined,
  };
}

function periodOf({ grace, holder }: Service): GracePeriod {
  if (!grace) return { ms: platforms.compose.defaultMs, setAt: undefined, holder };
  return { ms: grace.text === undefined ? undefined : parseDuration(grace.text), setAt: grace.at, holder };
}
