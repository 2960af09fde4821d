import { type DataNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import { joinPath } from '../../text/paths.ts';
import type { ComposeFile, ServiceText } from './composeFiles.ts';
import type { Build, CommandWords, KeyHolder, Place, Variable } from './deployment.ts';
import type { Mount } from './mountedImage.ts';
import { commandWords } from './shellWords.ts';
import { interpolate, parseEnvFile } from './variables.ts';

/** What counts of a service; what it does not say is `undefined`, so that one can be laid over another. */
export interface Service {
  readonly name: string;
  readonly at: Place;
  readonly holder: KeyHolder;
  readonly image: string | undefined;
  readonly build: Build | undefined;
  readonly command: CommandWords | undefined;
  readonly entrypoint: CommandWords | undefined;
  readonly workdir: string | undefined;
  readonly mounts: readonly Mount[];
  readonly hasInit: boolean | undefined;
  readonly grace: Setting | undefined;
  readonly signal: Setting | undefined;
  readonly environment: ReadonlyMap<string, Variable>;
  readonly profiles: readonly string[];
}

/** A value with its place; no text where a variable in it is not known. */
export interface Setting {
  readonly text: string | undefined;
  readonly at: Place;
}

/** Reads a file's text by path, where the project has it. */
export type TextOfFile = (path: string) => string | undefined;

/** Reads one service of one file, without what it extends. */
export function readService(file: ComposeFile, { entry, map }: ServiceText, textAt: TextOfFile): Service {
  const fill = (text: string) => interpolate(text, file.variables);
  const filled = (node: DataNode | undefined) => {
    const text = textOf(node);
    return text === undefined ? undefined : fill(text);
  };
  const setting = (key: string): Setting | undefined => {
    const node = entryOf(map, key)?.value;
    if (!node || textOf(node) === undefined) return undefined;
    return { text: filled(node), at: placeOf(file.path, node) };
  };
  const init = entryOf(map, 'init')?.value;
  return {
    name: entry.key,
    at: { path: file.path, range: entry.keyRange },
    holder: { path: file.path, key: entry.keyRange, map },
    image: filled(valueAt(map, 'image')),
    build: buildOf(file, valueAt(map, 'build'), filled),
    command: commandWords(valueAt(map, 'command'), file.path, fill),
    entrypoint: commandWords(valueAt(map, 'entrypoint'), file.path, fill),
    workdir: filled(valueAt(map, 'working_dir')),
    mounts: itemsOf(valueAt(map, 'volumes')).flatMap((item) => mountOf(file, item, filled) ?? []),
    hasInit: init && /^(true|yes|on)$/i.test(textOf(init) ?? ''),
    grace: setting('stop_grace_period'),
    signal: setting('stop_signal'),
    environment: environmentOf(file, map, fill, textAt),
    profiles: itemsOf(valueAt(map, 'profiles')).flatMap((item) => textOf(item) ?? []),
  };
}

/** A service laid over another, as Compose does with `extends` and with a second file. */
export function laidOver(base: Service, over: Service): Service {
  return {
    name: over.name,
    at: over.at,
    holder: over.holder,
    image: over.image ?? base.image,
    build: over.build ?? base.build,
    // A new entrypoint takes away the command that was written for the old one.
    command: over.command ?? (over.entrypoint ? undefined : base.command),
    entrypoint: over.entrypoint ?? base.entrypoint,
    workdir: over.workdir ?? base.workdir,
    mounts: [
      ...base.mounts.filter((mount) => !over.mounts.some(({ target }) => target === mount.target)),
      ...over.mounts,
    ],
    hasInit: over.hasInit ?? base.hasInit,
    grace: over.grace ?? base.grace,
    signal: over.signal ?? base.signal,
    environment: new Map([...base.environment, ...over.environment]),
    profiles: over.profiles.length > 0 ? over.profiles : base.profiles,
  };
}

/** A stretch of a file as a place. */
export function placeOf(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): Place {
  return { path, range: { start, end } };
}

function buildOf(
  { folder }: ComposeFile,
  node: DataNode | undefined,
  filled: (node: DataNode | undefined) => string | undefined,
): Build | undefined {
  if (!node || (node.kind === 'map' && valueAt(node, 'dockerfile_inline'))) return undefined;
  const context = node.kind === 'map' ? (filled(valueAt(node, 'context')) ?? '.') : filled(node);
  if (context === undefined || /^[a-z+]+:\/\/|^git@/i.test(context)) return undefined;
  const named = valueAt(node, 'dockerfile');
  const dockerfile = named ? filled(named) : 'Dockerfile';
  if (dockerfile === undefined) return undefined;
  return { dockerfile: joinPath(folder, context, dockerfile), target: filled(valueAt(node, 'target')) };
}

/** `./server:/app:ro`, or the same with keys; named volumes are nothing of the workspace. */
function mountOf(
  { folder }: ComposeFile,
  item: DataNode,
  filled: (node: DataNode | undefined) => string | undefined,
): Mount | undefined {
  const [, short, mountedAt] = /^(\.[^:]*):(\/[^:]*)(?::[\w,]+)?$/.exec(filled(item) ?? '') ?? [];
  const isBind = textOf(valueAt(item, 'type')) === 'bind';
  const source = isBind ? filled(valueAt(item, 'source')) : short;
  const target = isBind ? filled(valueAt(item, 'target')) : mountedAt;
  if (!source?.startsWith('.') || !target?.startsWith('/')) return undefined;
  return { source: joinPath(folder, source), target: joinPath('/', target) };
}

function environmentOf(
  file: ComposeFile,
  map: DataNode,
  fill: (text: string) => string | undefined,
  textAt: TextOfFile,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  const envFile = valueAt(map, 'env_file');
  for (const item of envFile?.kind === 'list' ? envFile.items : envFile ? [envFile] : []) {
    const path = textOf(item.kind === 'map' ? valueAt(item, 'path') : item);
    const text = path && textAt(joinPath(file.folder, path));
    for (const [name, value] of parseEnvFile(text || '')) {
      variables.set(name, { value, at: placeOf(file.path, item) });
    }
  }
  const environment = valueAt(map, 'environment');
  for (const { key, value } of entriesOf(environment)) {
    const text = textOf(value);
    variables.set(key, { value: text === undefined ? undefined : fill(text), at: placeOf(file.path, value) });
  }
  for (const item of itemsOf(environment)) {
    const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(textOf(item) ?? '') ?? [];
    if (!name) continue;
    variables.set(name, {
      value: value === undefined ? undefined : fill(value),
      at: placeOf(file.path, item),
    });
  }
  return variables;
}
