import type { SourceFacts, Statement } from '../languages/source/facts.ts';
import { indentationAt, lineStart, newlineOf } from './textStyle.ts';

/** How a TypeScript or JavaScript file is written, as far as inserted code has to follow it. */
export interface CodeStyle {
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** An arrow function's only parameter stands without parentheses: `each => each.id`. */
  readonly bareParameters: boolean;
  /** Lists over several lines end with a comma. */
  readonly trailingCommas: boolean;
  /** One level of indentation. */
  readonly indent: string;
  readonly newline: string;
  /** Whether types may be written. */
  readonly isTypeScript: boolean;
}

/** Reads the style off a file; where it has no opinion, single quotes, semicolons, parentheses, trailing commas, two spaces. */
export function codeStyleOf(path: string, text: string, facts: SourceFacts): CodeStyle {
  return {
    quote: quoteOf(text, facts),
    semicolons: hasSemicolons(text, facts),
    bareParameters: hasBareParameters(text),
    trailingCommas: hasTrailingCommas(text),
    indent: indentOf(text, facts),
    newline: newlineOf(text),
    isTypeScript: /\.[cm]?tsx?$/i.test(path),
  };
}

/**
 * Writes a template in a file's style. Templates are written with single quotes, semicolons, parentheses around
 * parameters and two spaces; `‹...›` marks what only TypeScript has, `‹...¦...›` what JavaScript has instead, `»` in
 * front of a line that it is the author's own and stays as it is.
 * @param level how many levels deep the code will stand, the first line included
 */
export function inStyle(template: string, style: CodeStyle, level = ''): string {
  const lines = template
    .replace(/‹([^›¦]*)(?:¦([^›]*))?›/g, style.isTypeScript ? '$1' : '$2')
    .split('\n')
    .map((line) => {
      const [, spaces = '', code = ''] = /^( *)(.*)$/.exec(line) ?? [];
      if (code === '') return '';
      return level + style.indent.repeat(spaces.length / 2) + inCodeStyle(code, style);
    });
  return lines.join(style.newline);
}

/** The same as lines of a template that are not to be styled again. */
export function linesAsWritten(template: string, style: CodeStyle, level: string): string {
  return inStyle(template, { ...style, newline: '\n' }, level).replaceAll(/^(?=.)/gm, '»');
}

function inCodeStyle(code: string, style: CodeStyle): string {
  if (code.startsWith('»')) return code.slice(1);
  if (/^(\/\/|\/?\*)/.test(code)) return code;
  const bare = style.bareParameters ? code.replace(/\((\w+)\) =>/g, '$1 =>') : code;
  const quoted = style.quote === "'" ? bare : bare.replace(/'([^'"\\]*)'/g, '"$1"');
  return style.semicolons ? quoted : quoted.replace(/;$/, '');
}

function quoteOf(text: string, facts: SourceFacts): "'" | '"' {
  let double = 0;
  let single = 0;
  for (const { range } of facts.imports) {
    const written = text.slice(range.start, range.end);
    if (written.includes('"')) double += 1;
    else if (written.includes("'")) single += 1;
  }
  return double > single ? '"' : "'";
}

function hasSemicolons(text: string, facts: SourceFacts): boolean {
  let without = 0;
  let total = 0;
  for (const { statements } of facts.functions) {
    for (const statement of statements) {
      if (!endsAsItLikes(statement)) continue;
      total += 1;
      if (text[statement.end - 1] !== ';' && text[statement.end] !== ';') without += 1;
    }
  }
  return total === 0 || without * 2 < total;
}

function hasBareParameters(text: string): boolean {
  const bare = text.match(/(?<![\w$.]|: ?)[\w$]+ =>/g)?.length ?? 0;
  return bare > (text.match(/\([\w$]+\) =>/g)?.length ?? 0);
}

/** Of lists in brackets alone: a brace may also end a block, and arguments go without a comma in some styles. */
function hasTrailingCommas(text: string): boolean {
  const lists = text.match(/(?:,|[\w'"`)\]}])[ \t]*\r?\n[ \t]*\]/g) ?? [];
  const withComma = lists.filter((list) => list.startsWith(',')).length;
  return withComma * 2 >= lists.length;
}

function endsAsItLikes({ kind }: Statement): boolean {
  return kind === 'expression' || kind === 'declare' || kind === 'throw';
}

/** How much deeper most functions' bodies stand than the line on which they open; else the smallest step of any line. */
function indentOf(text: string, { functions }: SourceFacts): string {
  const counts = new Map<string, number>();
  for (const { body, statements } of functions) {
    const inner = statements[0] && indentationAt(text, statements[0].start);
    if (!inner) continue;
    const outer = /^[ \t]*/.exec(text.slice(lineStart(text, body.start)))?.[0] ?? '';
    const step = inner.startsWith(outer) ? inner.slice(outer.length) : '';
    if (step === '') continue;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? smallestStep(text);
}

/** The smallest step that any line is indented by, comments' stars aside. */
function smallestStep(text: string): string {
  let smallest: string | undefined;
  for (const [, white = ''] of text.matchAll(/^([ \t]+)[^\s*]/gm)) {
    if (white.startsWith('\t')) return '\t';
    if (white.length > 1 && (smallest === undefined || white.length < smallest.length)) smallest = white;
  }
  return smallest ?? '  ';
}
