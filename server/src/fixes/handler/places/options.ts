import type { Expr } from '../../../languages/source/facts.ts';
import type { Insertion } from '../../source/insertion.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';

/** A property at the head of an object literal; `undefined` where the key is there already, or the literal is empty. */
export function inOptions(into: PlannedFile, options: Expr, property: string): Insertion | undefined {
  const [key] = property.split(':');
  if (options.kind !== 'object' || options.properties.some((each) => each.key === key)) return undefined;
  const { text } = into.file;
  const inside = /\{(\s*)/y;
  inside.lastIndex = options.start;
  const [opening, space = ''] = inside.exec(text) ?? [];
  if (opening === undefined || options.properties.length === 0) return undefined;
  const start = options.start + opening.length;
  const isOnLines = space.includes('\n');
  return {
    into,
    at: isOnLines ? { before: { start, end: start } } : { offset: start },
    code: isOnLines ? `${property},` : `${property}, `,
  };
}
