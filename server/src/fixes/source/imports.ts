import type { Binding, ImportFact } from '../../languages/source/facts.ts';
import { basename, dirname, extname, relativePath } from '../../text/paths.ts';
import { endOfImports } from './importOrder.ts';
import type { PlannedFile } from './plannedFile.ts';
import { lastRequireEnd } from './requires.ts';

/** What inserted code names and has to be imported: `import { name } from 'from'`. */
export interface ImportLine {
  readonly name: string;
  /** A package, or a file of the project by its path (it starts with a slash). */
  readonly from: string;
  /** Types are left out of JavaScript. */
  readonly isType?: boolean;
  /** The exported name, where it is imported under another one; `default` too. */
  readonly exported?: string;
}

/** The lines as templates, one for each module; types of a module that only gives types are imported as such. */
export function linesOf(wanted: readonly ImportLine[], isRequire = false): string[] {
  const modules = new Map<string, ImportLine[]>();
  for (const line of wanted) modules.set(line.from, [...(modules.get(line.from) ?? []), line]);
  return [...modules].flatMap(([from, lines]) => {
    const isOnlyTypes = lines.every(({ isType }) => isType);
    const named = lines
      .filter(({ exported }) => exported !== 'default')
      .map((line) => specifierOf(line, isRequire, isOnlyTypes))
      .sort(byName);
    const whole = lines.filter(({ exported }) => exported === 'default').map(({ name }) => name);
    const list = named.length > 0 ? [`{ ${[...new Set(named)].join(', ')} }`] : [];
    return [...list, ...new Set(whole)].map((what) => {
      if (isRequire) return `const ${what} = require('${from}');`;
      return `import ${isOnlyTypes ? 'type ' : ''}${what} from '${from}';`;
    });
  });
}

/** The order of the names in an import. */
export function byName(a: string, b: string): number {
  return nameIn(a) < nameIn(b) ? -1 : 1;
}

function nameIn(specifier: string): string {
  return specifier.replace('type ', '').toLowerCase();
}

/** A name in the braces of an import. */
export function specifierOf(
  { name, exported, isType }: ImportLine,
  isRequire: boolean,
  isOnlyTypes: boolean,
): string {
  const renamed = exported ? `${exported}${isRequire ? ':' : ' as'} ${name}` : name;
  return isType && !isOnlyTypes ? `type ${renamed}` : renamed;
}

/** Whether the file is written with `import`. */
export function usesImports(planned: PlannedFile): boolean {
  return declaredImports(planned).length > 0;
}

function declaredImports({ file, facts }: PlannedFile): readonly ImportFact[] {
  return facts.imports.filter(
    ({ kind, range }) => kind === 'static' && !file.text.startsWith('require', range.start),
  );
}

/** The end of the last import at the top of the file, behind its semicolon. */
export function lastImportEnd(planned: PlannedFile): number {
  const { facts, file } = planned;
  // Beside `import`, a `require` of `createRequire` is code like any other.
  const end = declaredImports(planned).at(-1)?.range.end ?? lastRequireEnd(facts);
  if (end === 0) return 0;
  const lineEnd = /\r?\n|\r|$/g;
  lineEnd.lastIndex = end;
  return endOfImports(file.text, lineEnd.exec(file.text)?.index ?? file.text.length);
}

/** What a name is imported or required as; what is required as a whole is as good as a default. */
export function importedAs({ imported, kind, values }: Binding): Binding['imported'] {
  const [{ expr, part } = {}, ...others] = values;
  if (imported || kind !== 'const' || expr?.kind !== 'module' || others.length > 0) return imported;
  const [first, ...deeper] = part ?? [];
  if (deeper.length > 0 || (first && first.kind !== 'property')) return undefined;
  return { specifier: expr.specifier, name: first?.name ?? 'default' };
}

/** How a file imports another: with the ending that its other relative imports have, or else those of `like`. */
export function importPath(
  user: string,
  module: string,
  planned: PlannedFile,
  like: PlannedFile = planned,
): string {
  const relative = relativePath(dirname(user), module);
  const stem = (relative.startsWith('.') ? relative : `./${relative}`).slice(0, -extname(module).length);
  const [own = []] = [planned, like].map(relativeImports).filter((specifiers) => specifiers.length > 0);
  if (own.some((specifier) => specifier.endsWith(extname(basename(module))))) return stem + extname(module);
  const isBare = own.length > 0 && own.every((specifier) => !/\.[cm]?[jt]s$/.test(specifier));
  return isBare ? stem : stem + extname(module).replace('t', 'j');
}

/** A file whose ending is written always: `require('../package.json')`. */
const isData = /\.(json[5c]?|node|css|html?|md|sql|svg|txt|wasm|ya?ml)$/;

function relativeImports({ facts }: PlannedFile): string[] {
  return facts.imports
    .map(({ specifier }) => specifier)
    .filter((specifier) => /^\.{1,2}\//.test(specifier) && !isData.test(specifier));
}
