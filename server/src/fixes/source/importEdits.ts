import type { ImportFact } from '../../languages/source/facts.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { type CodeStyle, codeStyleOf, inStyle } from '../codeStyle.ts';
import { type NewImport, ordered, typeList } from './importOrder.ts';
import { byName, type ImportLine, importPath, lastImportEnd, linesOf, specifierOf } from './imports.ts';
import { isCommonJs } from './moduleSystem.ts';
import type { PlannedFile } from './plannedFile.ts';

/** What a file's imports need: what goes among those it has, and the lines behind them. */
export interface ImportEdits {
  readonly joining: readonly TextEdit[];
  readonly lines: readonly string[];
}

/**
 * Imports of what a file does not have yet, in its style; one a module.
 * @param like a file that shows how relative imports are written, where this one has none
 */
export function importEdits(
  wanted: readonly ImportLine[],
  into: PlannedFile,
  like: PlannedFile = into,
): ImportEdits {
  const { file, facts } = into;
  const style = codeStyleOf(file.path, file.text, facts);
  const taken = new Set(facts.bindings.map(({ name }) => name));
  const isRequire = isCommonJs(into);
  const byModule = new Map<string, ImportLine[]>();
  for (const line of wanted) {
    if (taken.has(line.name) || (line.isType && !style.isTypeScript)) continue;
    if (line.isType && importsType(line, file.text)) continue;
    const from = line.from.startsWith('/') ? importPath(file.path, line.from, into, like) : line.from;
    byModule.set(from, [...(byModule.get(from) ?? []), { ...line, from }]);
  }
  const joining: TextEdit[] = [];
  const left: NewImport[] = [];
  for (const [from, lines] of byModule) {
    const edit = lines.every(({ exported }) => exported !== 'default') && joined(lines, from, into, style);
    if (edit) joining.push(edit);
    else
      for (const line of linesOf(lines, isRequire))
        left.push({ from, isType: line.startsWith('import type'), line: inStyle(line, style) });
  }
  const { edits, lines } = ordered(left, file.text, lastImportEnd(into), isRequire, style.newline);
  return { joining: [...joining, ...edits], lines };
}

/** Whether a file imports a type by its name already; what only types are imported for has no facts. */
function importsType({ name, exported = name, from }: ImportLine, text: string): boolean {
  const written = exported === name ? name : `${exported} as ${name}`;
  const lists = text.matchAll(
    /\bimport\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^{}]*)\}\s*from\s*(['"])(.*?)\2/g,
  );
  return [...lists].some(
    ([, list = '', , specifier]) =>
      specifier === from &&
      list.split(',').some(
        (each) =>
          each
            .trim()
            .replace(/^type\s+/, '')
            .replace(/\s+/g, ' ') === written,
      ),
  );
}

/** The edit that puts lines behind the file's last import. */
export function addedLines(lines: readonly string[], into: PlannedFile): TextEdit[] {
  if (lines.length === 0) return [];
  const { newline } = codeStyleOf(into.file.path, into.file.text, into.facts);
  return [atHead(lines.join(newline), into)];
}

/** Lines behind the file's last import; where it has none, at its top, below `#!` and directives. */
export function atHead(lines: string, into: PlannedFile): TextEdit {
  const { path, text } = into.file;
  const { newline } = codeStyleOf(path, text, into.facts);
  const end = lastImportEnd(into);
  const isBelowDirective = /(['"])use \w+\1;?$/.test(text.slice(0, end));
  if (end > 0) return insertAt(end, newline + (isBelowDirective ? newline : '') + lines);
  const top = /^\uFEFF?(#![^\n]*\n)?/.exec(text)?.[0].length ?? 0;
  return insertAt(top, lines.replace(/^\s+/, '') + newline);
}

/** Adds names to an import of the same module: `import { a, b } from 'x'`, `const { a } = require('x')`. */
function joined(
  wanted: readonly ImportLine[],
  from: string,
  { file, facts }: PlannedFile,
  style: CodeStyle,
): TextEdit | undefined {
  for (const fact of facts.imports) {
    const list = fact.specifier === from && fact.kind === 'static' ? listOf(fact, file.text) : undefined;
    if (list) return inList(wanted, { ...list, isType: false }, file.text, style);
  }
  const types = wanted.every(({ isType }) => isType) ? typeList(file.text, from) : undefined;
  return types && inList(wanted, { ...types, isRequire: false, isType: true }, file.text, style);
}

function inList(
  wanted: readonly ImportLine[],
  list: { start: number; end: number; isRequire: boolean; isType: boolean },
  text: string,
  style: CodeStyle,
): TextEdit {
  const names = new Set(wanted.map((line) => specifierOf(line, list.isRequire, list.isType)));
  const written = text.slice(list.start, list.end);
  const own = written.replace(/,?\s*$/, '');
  const between = /\n(\s*)\S/.exec(written)?.[1];
  const separator = between === undefined ? ', ' : `,${style.newline}${between}`;
  const added = [...names].sort(byName).map((name) => separator + name);
  return insertAt(list.start + own.length, added.join(''));
}

/** The text between the braces of an import; not of one that brings types alone, which has no facts. */
function listOf({ range }: ImportFact, text: string) {
  const isRequire = text.startsWith('require', range.start);
  const offset = Math.max(0, range.start - 2_000);
  const before = text.slice(offset, range.start);
  const list = isRequire
    ? /\{([^{}]+)\}\s*=\s*$/.exec(before)
    : /\bimport\s+(?:[\w$]+\s*,\s*)?\{([^{}]+)\}\s*from\s*$/.exec(before);
  if (!list?.[1]?.trim() || /\/[/*]/.test(list[1])) return undefined;
  const start = offset + list.index + list[0].indexOf('{') + 1;
  return { start, end: start + list[1].length, isRequire };
}
