import ts from 'typescript';
import { basename, dirname, joinPath } from '../../text/paths.ts';

/** What a tsconfig says that matters to find files: `extends` followed as far as it leads inside the project. */
export interface TsConfig {
  readonly path: string;
  /** Folder of the compiled files, absolute; `undefined` where they stand beside their sources. */
  readonly outDir: string | undefined;
  /** Folder that `outDir` mirrors, absolute; `undefined` where TypeScript would work it out. */
  readonly rootDir: string | undefined;
  readonly hasPaths: boolean;
  readonly options: ts.CompilerOptions;
}

/** Reads a tsconfig and those it extends. Broken files give what could be read. */
export function readTsConfig(path: string, textOf: (path: string) => string | undefined): TsConfig {
  const options = readOptions(path, textOf);
  return {
    path,
    outDir: options.outDir && joinPath(options.outDir),
    rootDir: options.rootDir && joinPath(options.rootDir),
    hasPaths: options.paths !== undefined || options.baseUrl !== undefined,
    options,
  };
}

function readOptions(path: string, textOf: (path: string) => string | undefined): ts.CompilerOptions {
  try {
    const { paths, ...options } = parseOptions(path, textOf);
    return paths === undefined ? options : { ...options, paths: listsOfTexts(paths) };
  } catch (error) {
    // The compiler's own reader is recursive: a text of thousands of opening brackets exhausts the stack.
    if (error instanceof RangeError) return {};
    throw error;
  }
}

/** The compiler passes `paths` on as they are written, and fails later where a target is no text. */
function listsOfTexts(paths: ts.MapLike<readonly unknown[]>): ts.MapLike<string[]> {
  const lists = Object.entries(paths).filter(([, targets]) => Array.isArray(targets));
  return Object.fromEntries(
    lists.map(([key, targets]) => [key, targets.filter((target) => typeof target === 'string')]),
  );
}

function parseOptions(path: string, textOf: (path: string) => string | undefined): ts.CompilerOptions {
  const read = (file: string) => textOf(file.replaceAll('\\', '/'));
  const { config } = ts.readConfigFile(path, read);
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    readDirectory: () => [],
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
  };
  return ts.parseJsonConfigFileContent(config ?? {}, host, dirname(path), undefined, basename(path)).options;
}

/** Where `paths` or `baseUrl` of a tsconfig, or `imports` of a package.json, lead a specifier; `undefined`: nowhere in the project. */
export function resolveByCompiler(
  specifier: string,
  from: string,
  options: ts.CompilerOptions,
  files: { has(path: string): boolean; text(path: string): string | undefined },
): string | undefined {
  const host: ts.ModuleResolutionHost = {
    fileExists: (file) =>
      !file.includes('/node_modules/') && (files.has(file) || files.text(file) !== undefined),
    readFile: (file) => files.text(file),
    directoryExists: (folder) => !folder.endsWith('/node_modules'),
    useCaseSensitiveFileNames: true,
  };
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    from,
    {
      ...options,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      module: ts.ModuleKind.ESNext,
      allowJs: true,
    },
    host,
  );
  const path = resolvedModule?.resolvedFileName;
  return path !== undefined && files.has(path) ? path : undefined;
}
