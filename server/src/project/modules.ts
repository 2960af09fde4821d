import type { PackageFacts } from '../languages/packageJson.ts';
import type { readTsConfig, resolveByCompiler, TsConfig } from '../languages/source/tsconfig.ts';
import { dirname, isInside, joinPath, relativePath } from '../text/paths.ts';
import type { Resolved } from './program.ts';

/** The files that imports may lead to. */
export interface ModuleFiles {
  /** Whether a source file exists. */
  has(path: string): boolean;
  /** The text of a package.json or tsconfig. */
  text(path: string): string | undefined;
}

/** The parts of the TypeScript compiler that find files; handed in because loading it takes long. */
export interface CompilerParts {
  readonly readTsConfig: typeof readTsConfig;
  readonly resolveByCompiler: typeof resolveByCompiler;
}

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/**
 * Finds the file that an import leads to: relative (`./x.js` may stand for x.ts), by tsconfig `paths`, by
 * package.json `imports`, or in another package of the workspace (its built entry is led back to the source).
 * Nothing is read from node_modules.
 */
export class ModuleResolver {
  private readonly known = new Map<string, Resolved>();
  private readonly configOf = new Map<string, TsConfig | undefined>();

  constructor(
    private readonly files: ModuleFiles,
    /** Workspace packages by name. */
    private readonly packages: ReadonlyMap<string, { readonly path: string; readonly facts: PackageFacts }>,
    private readonly compiler: CompilerParts,
    private readonly links: readonly { readonly from: string; readonly to: string }[],
  ) {}

  resolve(specifier: string, from: string): Resolved {
    const key = `${dirname(from)}\0${specifier}`;
    let found = this.known.get(key);
    if (!found) {
      found = this.find(specifier, from);
      this.known.set(key, found);
    }
    return found;
  }

  /** The tsconfig that governs a file: the nearest `tsconfig.json` (or `jsconfig.json`) above it. */
  tsConfigFor(path: string): TsConfig | undefined {
    const folder = dirname(path);
    if (this.configOf.has(folder)) return this.configOf.get(folder);
    const own = ['tsconfig.json', 'jsconfig.json']
      .map((name) => joinPath(folder, name))
      .find((file) => this.files.text(file) !== undefined);
    const above = dirname(folder);
    const config = own
      ? this.compiler.readTsConfig(own, (file) => this.files.text(file))
      : above === folder || folder === ''
        ? undefined
        : this.tsConfigFor(joinPath(above, 'x'));
    this.configOf.set(folder, config);
    return config;
  }

  /**
   * The source of a file that a package names, which is often a built one (`dist/index.js`): the file itself
   * where it is a source, else by `outDir`/`rootDir`, else by the same name under `src` or the package's folder.
   */
  sourceOf(path: string, packageFolder: string): string | undefined {
    const self = this.existing(path);
    if (self) return this.compiledFrom(self) ?? self;
    const config = this.tsConfigFor(joinPath(packageFolder, 'x'));
    const candidates: string[] = [];
    const outDir = config?.outDir;
    if (outDir && isInside(outDir, path)) {
      const inside = relativePath(outDir, path);
      if (config.rootDir) candidates.push(joinPath(config.rootDir, inside));
      candidates.push(joinPath(packageFolder, 'src', inside), joinPath(packageFolder, inside));
    }
    const parts = relativePath(packageFolder, path).split('/');
    for (let cut = 1; cut < parts.length; cut += 1) {
      const rest = parts.slice(cut).join('/');
      candidates.push(joinPath(packageFolder, 'src', rest), joinPath(packageFolder, rest));
    }
    for (const candidate of candidates) {
      const found = this.existing(candidate);
      if (found) return found;
    }
    return undefined;
  }

  /** The TypeScript file that a compiled one was made from, where both are there: a build that is kept in the repository. */
  compiledFrom(path: string): string | undefined {
    const config = this.tsConfigFor(path);
    if (!config?.outDir || !isInside(config.outDir, path) || !/\.[cm]?jsx?$/.test(path)) return undefined;
    const stem = relativePath(config.outDir, path).replace(/\.[cm]?jsx?$/, '');
    const folder = dirname(config.path);
    return (config.rootDir ? [config.rootDir] : [joinPath(folder, 'src'), folder])
      .flatMap((root) => ['.ts', '.tsx', '.mts', '.cts'].map((ending) => joinPath(root, stem + ending)))
      .find((file) => this.files.has(file));
  }

  private find(specifier: string, from: string): Resolved {
    if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
      const target = joinPath(dirname(from), specifier);
      const path = this.existing(target) ?? this.byCompiler(specifier, from) ?? this.builtFrom(target);
      return path ? { kind: 'file', path } : { kind: 'external', name: specifier };
    }
    if (specifier.startsWith('node:')) return { kind: 'external', name: specifier };
    if (/^(npm|jsr):/.test(specifier)) return { kind: 'external', name: withoutRegistry(specifier) };
    const path = this.byCompiler(specifier, from) ?? this.inWorkspace(specifier);
    return path ? { kind: 'file', path } : { kind: 'external', name: specifier };
  }

  /** `../dist/index.js` from a bin script: a built file that is not there until the package is built. */
  private builtFrom(path: string): string | undefined {
    const folder = this.packageFolderOf(path);
    return folder === undefined ? undefined : this.sourceOf(path, folder);
  }

  private packageFolderOf(path: string): string | undefined {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if (this.files.text(joinPath(folder, 'package.json')) !== undefined) return folder;
      if (folder === dirname(folder) || folder === '') return undefined;
    }
  }

  private byCompiler(specifier: string, from: string): string | undefined {
    const config = this.tsConfigFor(from);
    if (!specifier.startsWith('#') && !config?.hasPaths && !config?.options.rootDirs) return undefined;
    const found = this.compiler.resolveByCompiler(specifier, from, config?.options ?? {}, this.files);
    if (found || !specifier.startsWith('#')) return found;
    return this.packageImport(specifier, from);
  }

  /** `imports` of package.json names built files too: lead them back to the source. */
  private packageImport(specifier: string, from: string): string | undefined {
    const folder = this.packageFolderOf(from);
    const text = folder !== undefined && this.files.text(joinPath(folder, 'package.json'));
    if (!text) return undefined;
    const sources = importTargets(text, specifier).map((target) =>
      this.sourceOf(joinPath(folder, target), folder),
    );
    return sources.find((source) => source !== undefined);
  }

  private inWorkspace(specifier: string): string | undefined {
    const name = specifier.startsWith('@')
      ? specifier.split('/').slice(0, 2).join('/')
      : specifier.split('/')[0];
    const found = name === undefined ? undefined : this.packages.get(name);
    if (!found || name === undefined) return undefined;
    const folder = dirname(found.path);
    const subpath = specifier === name ? '.' : `.${specifier.slice(name.length)}`;
    const targets = found.facts.entries.flatMap((entry) => targetFor(entry.name, entry.value, subpath));
    if (subpath !== '.') targets.push(subpath, `src${subpath.slice(1)}`);
    else targets.push('src/index', 'index');
    for (const target of targets) {
      const source = this.sourceOf(joinPath(folder, target), folder);
      if (source) return source;
    }
    return undefined;
  }

  /** The source file that a path without or with a (built) ending means, a folder's index included. */
  private existing(path: string): string | undefined {
    const real = this.throughLinks(path);
    if (this.files.has(real)) return real;
    const built = /\.([cm]?)jsx?$/.exec(real);
    if (built) {
      const stem = real.slice(0, built.index);
      const found = [`${stem}.${built[1]}ts`, `${stem}.ts`, `${stem}.tsx`].find((file) =>
        this.files.has(file),
      );
      if (found) return found;
    }
    for (const ending of endings) if (this.files.has(real + ending)) return real + ending;
    for (const ending of endings) {
      const index = joinPath(real, `index${ending}`);
      if (this.files.has(index)) return index;
    }
    return undefined;
  }

  private throughLinks(path: string): string {
    const link = this.links.find(({ from }) => isInside(from, path));
    return link ? link.to + path.slice(link.from.length) : path;
  }
}

/** Deno's `npm:@scope/name@1.2.3/path` is `@scope/name/path` to everyone else. */
function withoutRegistry(specifier: string): string {
  const name = specifier.slice(specifier.indexOf(':') + 1).replace(/^\/+/, '');
  return name.replace(/^(@[^/]+\/)?([^@/]+)@[^/]+/, '$1$2');
}

/** `exports` subpaths may hold one `*`. */
function targetFor(name: string, value: string, subpath: string): string[] {
  if (name === subpath) return [value];
  const [before = '', after] = name.split('*');
  if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) return [];
  return [value.replaceAll('*', subpath.slice(before.length, subpath.length - after.length))];
}

/** The files that `imports` names for a specifier, under whatever conditions. */
function importTargets(packageText: string, specifier: string): string[] {
  let imports: unknown;
  try {
    imports = (JSON.parse(packageText) as { imports?: unknown } | null)?.imports;
  } catch {
    return [];
  }
  if (typeof imports !== 'object' || imports === null) return [];
  return Object.entries(imports).flatMap(([name, target]) =>
    stringsIn(target).flatMap((file) => targetFor(name, file, specifier)),
  );
}

function stringsIn(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null) return [];
  return Object.entries(target).flatMap(([condition, inner]) =>
    condition === 'types' ? [] : stringsIn(inner),
  );
}
