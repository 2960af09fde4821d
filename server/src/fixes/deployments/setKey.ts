import type { KeyHolder, MapHolder, Place } from '../../project/deployments/deployment.ts';
import type { Project, ProjectFile } from '../../project/project.ts';
import { type FileEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { endWithComment, indentationAt, newlineOf } from '../textStyle.ts';
import { behindFirstKey, intoBraces } from './mapEdits.ts';

/** A key with the value that it is to get, as text for a value that stands bare and one that has a unit. */
export interface KeyValue {
  readonly key: string;
  /** As it is written where nothing stood before. */
  readonly value: string;
  /** As it is written in place of a value that was a text. */
  readonly quotedValue: string;
  /** Says why, in a comment above. */
  readonly comment: string;
}

/** Our own comment above a key, which a new one replaces. */
const ownComment = /^[ \t]*# (preStop|drain|forced exit)\b.* buffer[ \t]*$/;

/**
 * Sets a key of a YAML, TOML or HCL file; everything else in it stays as it is.
 * @param setAt where its value stands, if anywhere
 * @param holder the map that gets the key where there is none
 * @returns `undefined` where the file has no plain place for it
 */
export function setKey(
  project: Project,
  setAt: Place | undefined,
  holder: KeyHolder | undefined,
  wanted: KeyValue,
): FileEdits | undefined {
  const path = setAt?.path ?? holder?.path;
  const file = path === undefined ? undefined : project.files.get(path);
  if (!file) return undefined;
  const edits = setAt ? replaced(file, setAt, wanted) : holder && inserted(file, holder, wanted);
  return edits && new Map([[file.path, edits]]);
}

function replaced(
  { path, text, facts }: ProjectFile,
  { range }: Place,
  wanted: KeyValue,
): TextEdit[] | undefined {
  const before = text.slice(range.start, range.end);
  // A place that is only known roughly is that of a whole text.
  if (!/^(?:[\w.]+(?: [\w.]+)?|(["'])[\w. ]+\1)$/.test(before)) return undefined;
  const [quote = ''] = /^["']/.exec(before) ?? [];
  const isText = /[a-z]/i.test(before);
  const value = { ...range, newText: `${quote}${isText ? wanted.quotedValue : wanted.value}${quote}` };
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const line = text.slice(lineStart, range.start);
  // Inside braces or a command line, and where the value is used from elsewhere (an anchor), no comment has a place.
  const isOwnLine = new RegExp(`^[ \\t]*(- )?["']?${wanted.key}["']?[ \\t]*[:=][ \\t]*$`).test(line);
  const takesComment = !path.endsWith('.json') && /^(yaml|toml|hcl)$/.test(facts.language);
  if (!takesComment || !isOwnLine || line.includes('- ')) return [value];
  const comment = `${indentOf(line)}# ${wanted.comment}`;
  const aboveStart = text.lastIndexOf('\n', lineStart - 2) + 1;
  const above = text.slice(aboveStart, lineStart).replace(/\r?\n$/, '');
  if (lineStart > 0 && ownComment.test(above)) {
    return [{ start: aboveStart, end: aboveStart + above.length, newText: comment }, value];
  }
  return [insertAt(lineStart, comment + newlineOf(text)), value];
}

function inserted(
  { path, text, facts }: ProjectFile,
  holder: KeyHolder,
  wanted: KeyValue,
): TextEdit[] | undefined {
  if ('behind' in holder) {
    const { behind } = holder;
    return [insertAt(behind, ` ${wanted.key} ${wanted.value}`)];
  }
  if ('property' in holder) return [behindProperty(text, holder.property, wanted)];
  if (facts.language === 'toml') return [intoRoot(text, facts.toml.rootKeysEnd, wanted)];
  if ('line' in holder) {
    const lines = [`# ${wanted.comment}`, `${wanted.key}=${wanted.value}`];
    const newText = lines.map((line) => newlineOf(text) + line).join('');
    return [insertAt(holder.line, newText)];
  }
  if (facts.language === 'hcl') return intoBlock(text, holder, wanted);
  const { key, map } = holder;
  const { value } = wanted;
  if (map.isFlow) {
    const name = path.endsWith('.json') ? JSON.stringify(wanted.key) : wanted.key;
    const edit = intoBraces(text, map, `${name}: ${value}`);
    return edit && [edit];
  }
  if (!key) {
    const edit = behindFirstKey(text, map, [`# ${wanted.comment}`, `${wanted.key}: ${value}`]);
    return edit && [edit];
  }
  // Right behind the key's own line; a map that stands elsewhere (an alias) has none.
  const between = text.slice(key.end, map.start);
  if (!/^[ \t]*:[ \t]*([&!][^\s]+[ \t]*)*(#[^\n]*)?\r?\n([ \t]*(#[^\n]*)?\r?\n)*[ \t]*$/.test(between))
    return undefined;
  const start = text.indexOf('\n', key.end) + 1;
  const indent = text.slice(text.lastIndexOf('\n', map.start - 1) + 1, map.start);
  const ending = newlineOf(text);
  const newText = `${indent}# ${wanted.comment}${ending}${indent}${wanted.key}: ${value}${ending}`;
  return [{ start, end: start, newText }];
}

/** One more property of an object of JavaScript: on lines of its own where the one before it has one. */
function behindProperty(text: string, { start, end }: Range, { key, value, comment }: KeyValue): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const [, indent] = /^([ \t]*)[\w"']+[ \t]*:[ \t]*$/.exec(text.slice(lineStart, start)) ?? [];
  if (indent === undefined) return { start: end, end, newText: `, ${key}: ${value}` };
  const ending = newlineOf(text);
  const lines = [`${indent}// ${comment}`, `${indent}${key}: ${value}`].map((line) => ending + line).join('');
  const hasComma = text[end] === ',';
  const behind = endWithComment(text, end + (hasComma ? 1 : 0));
  if (hasComma) return insertAt(behind, `${lines},`);
  return { start: end, end: behind, newText: `,${text.slice(end, behind)}${lines}` };
}

/** At the top of an HCL block, with an empty line in front of an attribute, so that those stay aligned as they are. */
function intoBlock(text: string, { key, map }: MapHolder, wanted: KeyValue): TextEdit[] | undefined {
  const opening = /\{[ \t]*(?:(?:#|\/\/)[^\r\n]*)?\r?\n/y;
  opening.lastIndex = map.start;
  const [first] = map.entries;
  if (!key || !first || !opening.test(text)) return undefined;
  const start = opening.lastIndex;
  const indent = indentationAt(text, first.keyRange.start);
  if (indent === undefined) return undefined;
  const ending = newlineOf(text);
  const value = /^(\d+|".*")$/.test(wanted.value) ? wanted.value : JSON.stringify(wanted.value);
  const lines = [`${indent}# ${wanted.comment}`, `${indent}${wanted.key} = ${value}`];
  const isFollowed = /^[ \t]*[^\s]/.test(text.slice(start, start + 200));
  return [{ start, end: start, newText: [...lines, ...(isFollowed ? [''] : []), ''].join(ending) }];
}

/** Behind the last key that stands before all tables; at the top where there is none. */
function intoRoot(text: string, rootKeysEnd: number, { key, value, comment }: KeyValue): TextEdit {
  const ending = newlineOf(text);
  const lines = [`# ${comment}`, `${key} = ${value}`];
  if (rootKeysEnd === 0) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    return { start, end: start, newText: lines.map((line) => line + ending).join('') };
  }
  const lineEnd = /[^\r\n]*/y;
  lineEnd.lastIndex = rootKeysEnd;
  lineEnd.test(text);
  const start = lineEnd.lastIndex;
  return { start, end: start, newText: lines.map((line) => ending + line).join('') };
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
