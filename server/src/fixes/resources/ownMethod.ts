import type { ClassFact } from '../../languages/source/facts.ts';
import type { ResourceRow } from '../../project/resources/row.ts';
import type { FieldHolder } from '../../project/resources/surroundings.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { indentationAt, lineStart } from '../textStyle.ts';
import type { OpenAtExit } from './openAtExit.ts';

/** A call by which a class can release what it keeps in a field: `this.pool.end()`. */
export interface OwnRelease {
  readonly code: string;
  readonly settles: ResourceRow['settles'];
  readonly mayHang: boolean;
}

/** The class's own method for it, else the library's; `undefined` where that takes more than one call. */
export function ownRelease(
  { resource, releaser }: OpenAtExit,
  { name, isStatic }: FieldHolder,
  cls: ClassFact,
): OwnRelease | undefined {
  const { row, call, keeper, fn, path } = resource;
  const mayHang = row.mayHang ?? false;
  if (isStatic || row.endsEarly) return undefined;
  const own = cls.members.find((member) => releaser?.path === path && member.fn === releaser.fn);
  if (own && !own.isStatic)
    return {
      code: `this.${own.name}()`,
      settles: row.settles === 'at once' ? 'at once' : 'promise',
      mayHang,
    };
  const [release = ''] = resource.releases;
  if (releaser || !/^x\.[\w$]+\(\)$/.test(release)) return undefined;
  const isOpening = (value: unknown) => value === call || value === keeper;
  const isAlways =
    cls.initializers.some((each) => each.name === name && isOpening(each.value)) ||
    cls.members.some((member) => member.name === 'constructor' && member.fn === fn);
  // What is not there yet would never call back.
  if (!isAlways && row.settles === 'callback') return undefined;
  const code = release.replace('x.', () => `this.${name}${isAlways ? '.' : '?.'}`);
  return { code, settles: row.settles, mayHang };
}

/** A method more at the end of a class; `undefined` where its last line has no room. */
export function addedMethod(
  { file, facts }: PlannedFile,
  { range }: ClassFact,
  method: string,
): TextEdit | undefined {
  const { path, text } = file;
  const style = codeStyleOf(path, text, facts);
  const outer = indentationAt(text, range.end - 1);
  if (outer === undefined) return undefined;
  const lines = style.newline + inStyle(method, style, outer + style.indent) + style.newline;
  return insertAt(lineStart(text, range.end - 1), lines);
}

/** A method that runs a statement, async where that waits for something. */
export function methodOf(name: string, statement: string): string {
  const lines = statement.split('\n').map((line) => `  ${line}`);
  const head = /\bawait\b/.test(statement) ? `async ${name}()‹: Promise<void>›` : `${name}()‹: void›`;
  return [`${head} {`, ...lines, '}'].join('\n');
}
