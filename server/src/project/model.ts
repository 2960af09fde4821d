import { frameworkNamed } from './mcpPackages.ts';
import { ModuleResolver } from './modules.ts';
import { Program } from './program.ts';
import type { ProjectFile } from './project.ts';
import type { ProjectReader, SourceFile } from './reader.ts';
import { ServerFinder } from './servers.ts';

/** The source files joined: where imports lead, and what was found out about functions so far. */
export interface SourceModel {
  readonly resolver: ModuleResolver;
  readonly program: Program;
  readonly finder: ServerFinder;
  /** Everything that it was made from; it holds as long as these are the same objects. */
  readonly madeFrom: readonly ProjectFile[];
}

/** The model of some sources: the last one where nothing that it was made from has changed, else a new one. */
export async function modelOf(
  reader: ProjectReader,
  sources: readonly SourceFile[],
  links: readonly { readonly from: string; readonly to: string }[],
  last: SourceModel | undefined,
): Promise<SourceModel> {
  const madeFrom = [...sources, ...reader.manifests()];
  if (last && isSame(last.madeFrom, madeFrom)) return last;
  const compiler = await import('../languages/source/tsconfig.ts');
  const resolver = new ModuleResolver(reader, reader.packagesByName(), compiler, links);
  const program = new Program(
    new Map(sources.map(({ path, facts: { source } }) => [path, source])),
    (specifier, from) => resolver.resolve(specifier, from),
    (path) => frameworkNamed(reader.packageOf(path)?.facts.name),
  );
  return { resolver, program, finder: new ServerFinder(program), madeFrom };
}

function isSame(a: readonly ProjectFile[], b: readonly ProjectFile[]): boolean {
  return a.length === b.length && a.every((file, index) => file === b[index]);
}
