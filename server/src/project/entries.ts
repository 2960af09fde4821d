import type { PackageFacts } from '../languages/packageJson.ts';
import { dirname, joinPath } from '../text/paths.ts';
import type { ModuleResolver } from './modules.ts';
import type { Program } from './program.ts';
import type { Declaration } from './server.ts';
import type { EntryFile } from './servers.ts';

/** Programs that run the script that follows them. */
const runners = new Set([
  'node',
  'nodejs',
  'bun',
  'deno',
  'tsx',
  'ts-node',
  'ts-node-esm',
  'nodemon',
  'npx',
  'bunx',
  'pm2-runtime',
]);

/**
 * The files a process may be started from: those that a package.json names and those that no other file of the
 * project imports. `declared` adds what Dockerfiles run. Of a compiled file and its source, the source is the entry.
 */
export function findEntries(
  packages: readonly { readonly path: string; readonly facts: PackageFacts }[],
  declared: ReadonlyMap<string, readonly Declaration[]>,
  program: Program,
  resolver: ModuleResolver,
): EntryFile[] {
  const entries = new Map<string, Declaration[]>();
  const add = (path: string, declaration?: Declaration) => {
    const list = entries.get(path) ?? [];
    if (declaration) list.push(declaration);
    entries.set(path, list);
  };
  for (const { path, facts } of packages) {
    for (const { file, declaration } of declaredBy(path, facts, resolver)) add(file, declaration);
  }
  for (const [path, list] of declared) for (const declaration of list) add(path, declaration);
  for (const path of unimported(program)) if (!resolver.compiledFrom(path)) add(path);
  return [...entries].map(([path, declaredAt]) => ({ path, declaredAt }));
}

function declaredBy(
  path: string,
  facts: PackageFacts,
  resolver: ModuleResolver,
): { file: string; declaration: Declaration }[] {
  const folder = dirname(path);
  const named = [
    ...facts.bins.map((bin) => ({ ...bin, kind: 'bin' as const, target: bin.value, loaded: [] })),
    ...facts.entries
      .filter(({ name }) => name === '.')
      .map((main) => ({ ...main, kind: 'main' as const, target: main.value, loaded: [] })),
    ...facts.scripts
      .filter(({ name }) => /^(start|serve|dev|server|prod)\b/.test(name))
      .flatMap((script) => {
        const { script: target, preloads: loaded } = scriptOf(script.value.split(/\s+/));
        return target ? [{ ...script, kind: 'script' as const, target, loaded }] : [];
      }),
  ];
  return named.flatMap(({ kind, target, range, loaded }) => {
    const file = resolver.sourceOf(joinPath(folder, target), folder);
    const preloads = preloadsIn(folder, loaded, resolver);
    return file ? [{ file, declaration: { kind, path, range, isFirstProcess: false, preloads } }] : [];
  });
}

/** `./tracing.js`, not `dotenv/config`. */
export function isPath(preload: string): boolean {
  return /^\.{0,2}\//.test(preload);
}

/** The source files of a package that a start command loads first. */
function preloadsIn(folder: string, preloads: readonly string[], resolver: ModuleResolver): string[] {
  return preloads.flatMap((preload) =>
    isPath(preload) ? (resolver.sourceOf(joinPath(folder, preload), folder) ?? []) : [],
  );
}

/** What a command line starts with Node or its like. */
export interface StartedScript {
  readonly script: string | undefined;
  /** Modules that are loaded before it: `--import ./tracing.js`, `-r dotenv/config`. */
  readonly preloads: readonly string[];
}

const preloadOptions = /^(--import|--require|-r|--preload|--loader|--experimental-loader)$/;
const valueOptions = /^(--env-file|--env-file-if-exists|-C|--conditions|--tsconfig|--title|--watch-path)$/;

/**
 * The script in a command line: `node --env-file=.env dist/index.js --http` gives `dist/index.js`; a bare script (an
 * executable or an ENTRYPOINT's argument) counts too.
 */
export function scriptOf(words: readonly string[]): StartedScript {
  const runner = words.findIndex((word) => runners.has(word.slice(word.lastIndexOf('/') + 1)));
  const rest = words.slice(runner + 1);
  const preloads: string[] = [];
  while (rest[0]?.startsWith('-')) {
    const [option = '', value] = rest[0].split('=', 2);
    rest.shift();
    if (preloadOptions.test(option)) preloads.push(value ?? rest.shift() ?? '');
    else if (valueOptions.test(option) && value === undefined) rest.shift();
  }
  const file = rest.find((word) => /^[\w@./\\-]+\.[cm]?[jt]sx?$/.test(word));
  const script = runner < 0 ? file : (file ?? rest.find((word) => /^\.{0,2}[\w-]*\/[\w./-]+$/.test(word)));
  return { script, preloads };
}

/** How many files of circles are looked at as entries: each is followed through everything that it loads. */
const maxInCircles = 30;

/** Files that nothing else loads; of files that only load each other in a circle, each of the first ones. */
function unimported(program: Program): string[] {
  const targets = new Map<string, string[]>();
  for (const [path, facts] of program.files) {
    targets.set(
      path,
      facts.imports.flatMap(({ specifier }) => {
        const target = program.resolve(specifier, path);
        return target.kind === 'file' && target.path !== path ? [target.path] : [];
      }),
    );
  }
  const imported = new Set([...targets.values()].flat());
  const roots = [...program.files.keys()].filter((path) => !imported.has(path));
  const reached = new Set(roots);
  const queue = [...roots];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const target of targets.get(path) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      queue.push(target);
    }
  }
  const inCircles = [...program.files.keys()].filter((path) => !reached.has(path));
  return [...roots, ...inCircles.slice(0, maxInCircles)];
}
