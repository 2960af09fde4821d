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
  const read = (file: string) => textOf(file.replaceAll('\\', '/'));
  const { config } = ts.readConfigFile(path, read);
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    readDirectory: () => [],
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
  };
  const { options } = ts.parseJsonConfigFileContent(
    config ?? {},
    host,
    dirname(path),
    undefined,
    basename(path),
  );
  return {
    path,
    outDir: options.outDir && joinPath(options.outDir),
    rootDir: options.rootDir && joinPath(options.rootDir),
    hasPaths: options.paths !== undefined || options.baseUrl !== undefined,
    options,
  };
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
