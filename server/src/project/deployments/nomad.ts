import {
  type DataEntry,
  type DataMap,
  type DataNode,
  entriesOf,
  textOf,
  valueAt,
} from '../../languages/data.ts';
import type { ProjectFile } from '../project.ts';
import { placeOf } from './composeService.ts';
import type { CommandWords, Delay, Deployment, ImageUse, MapHolder, Variable } from './deployment.ts';
import { parseDuration } from './durations.ts';
import { plainDeployment } from './plainDeployment.ts';
import { platforms } from './platforms.ts';
import { projectFolderOf } from './processes.ts';
import { splitWords } from './shellWords.ts';

/** The tasks of Nomad's job files. */
export function nomadDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  return [...files.values()].flatMap(({ path, text, facts }) => {
    if (facts.language !== 'hcl' || !facts.hcl.root) return [];
    const context = { path, text, defaults: defaultsOf(facts.hcl.root) };
    return labelled(facts.hcl.root, 'job').flatMap((job) =>
      labelled(job.value, 'group').flatMap((group) =>
        labelled(group.value, 'task').flatMap((task) => taskOf(task, group, context)),
      ),
    );
  });
}

interface Context {
  readonly path: string;
  readonly text: string;
  /** Of the job file's input variables. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** The blocks of a type, by their label. */
function labelled(node: DataNode, type: string): DataEntry[] {
  return entriesOf(node).flatMap(({ key, value }) => (key === type ? entriesOf(value) : []));
}

function defaultsOf(root: DataMap): Map<string, string> {
  return new Map(
    labelled(root, 'variable').flatMap(({ key, value }): [string, string][] => {
      const text = textOf(valueAt(value, 'default'));
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

const containerDrivers = /^(docker|podman|containerd-driver)$/;
const processDrivers = /^(exec|exec2|raw_exec)$/;

function taskOf({ key, keyRange, value }: DataEntry, group: DataEntry, context: Context): Deployment[] {
  const driver = textOf(valueAt(value, 'driver')) ?? '';
  if (value.kind !== 'map' || endsByItself(value)) return [];
  const isContainer = containerDrivers.test(driver);
  if (!isContainer && !processDrivers.test(driver)) return [];
  const { path } = context;
  const holder: MapHolder = { path, key: keyRange, map: value };
  const signal = valueAt(value, 'kill_signal');
  const signalName = textOf(signal);
  const config = valueAt(value, 'config');
  return [
    plainDeployment({
      platform: isContainer ? 'nomad' : 'nomad-process',
      name: key,
      at: placeOf(path, keyRange),
      period: periodOf(value, holder),
      preStop: delayOf(valueAt(value, 'shutdown_delay') ?? valueAt(group.value, 'shutdown_delay'), path),
      stopSignal: signal && signalName ? { name: signalName, at: placeOf(path, signal) } : undefined,
      signalHolder: holder,
      environment: environmentOf(value, path),
      image: isContainer ? containerImage(config, context) : processImage(config, path),
    }),
  ];
}

/** A task that runs before or behind the others, and not beside them. */
function endsByItself(task: DataMap): boolean {
  const hook = valueAt(task, 'lifecycle', 'hook');
  return hook !== undefined && textOf(valueAt(task, 'lifecycle', 'sidecar')) !== 'true';
}

function periodOf(task: DataMap, holder: MapHolder): Deployment['period'] {
  const value = valueAt(task, 'kill_timeout');
  if (!value) return { ms: platforms.nomad.defaultMs, setAt: undefined, holder };
  const text = textOf(value);
  return {
    ms: text === undefined ? undefined : parseDuration(text),
    setAt: placeOf(holder.path, value),
    holder,
  };
}

function delayOf(value: DataNode | undefined, path: string): Delay | undefined {
  const ms = value && parseDuration(textOf(value) ?? '');
  return value && ms ? { ms, at: placeOf(path, value) } : undefined;
}

function environmentOf(task: DataMap, path: string): Map<string, Variable> {
  return new Map(
    entriesOf(task)
      .filter(({ key }) => key === 'env')
      .flatMap(({ value }) => entriesOf(value))
      .map(({ key, value }) => [key, { value: plain(textOf(value)), at: placeOf(path, value) }]),
  );
}

function containerImage(config: DataNode | undefined, context: Context): Partial<ImageUse> {
  return {
    name: imageName(valueAt(config, 'image'), context),
    entrypoint: wordsOf([valueAt(config, 'entrypoint')], context.path, true),
    command: wordsOf([valueAt(config, 'command'), valueAt(config, 'args')], context.path, false),
    workdir: plain(textOf(valueAt(config, 'work_dir'))),
    hasInit: textOf(valueAt(config, 'init')) === 'true',
  };
}

/** An image's name, with the defaults of the variables that stand in it: they say at least which image is meant. */
function imageName(node: DataNode | undefined, { text, defaults }: Context): string | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const written = textOf(node) ?? `\${${text.slice(node.start, node.end)}}`;
  return written.replace(/\$\{\s*var\.(\w+)\s*\}/g, (whole, name: string) => defaults.get(name) ?? whole);
}

function processImage(config: DataNode | undefined, path: string): Partial<ImageUse> {
  const command = wordsOf([valueAt(config, 'command'), valueAt(config, 'args')], path, false);
  return { folder: projectFolderOf(path), command };
}

/**
 * A program and the list of its arguments as one command.
 * @param isSplit a single text is split into words, as the driver does with an entrypoint
 */
function wordsOf(
  parts: readonly (DataNode | undefined)[],
  path: string,
  isSplit: boolean,
): CommandWords | undefined {
  const nodes = parts.flatMap((part) => part ?? []);
  const items = nodes.flatMap((node) => (node.kind === 'list' ? node.items : [node]));
  const [first] = nodes;
  if (!first) return undefined;
  const texts = items.map((item) => plain(textOf(item)));
  const range = { start: first.start, end: nodes.at(-1)?.end ?? first.end };
  const at = placeOf(path, range);
  if (isSplit && first.kind === 'scalar') {
    return { words: texts[0] === undefined ? undefined : splitWords(texts[0]), at };
  }
  const words = texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
  return { words, at, wordRanges: items.map(({ start, end }) => ({ start, end })) };
}

/** A text in which nothing is filled in. */
function plain(text: string | undefined): string | undefined {
  return text === undefined || /[$%]\{/.test(text) ? undefined : text;
}
