import { LineMap } from '../../text/lineMap.ts';
import { textAround } from './literalText.ts';
import { parseSourceFile } from './sourceFile.ts';

/**
 * Where a comment line can be put that speaks of the line of `offset`: at the start of that line, or, where the
 * line begins inside a template, a string or JSX text (a comment there would become text), at the start of the
 * nearest line above that does not.
 */
export function lineForComment(path: string, text: string, offset: number): number {
  const file = parseSourceFile(path, text);
  const lines = new LineMap(text);
  const startOfLine = (at: number) => lines.lineStart(lines.positionAt(at).line);
  let line = startOfLine(offset);
  for (let around = textAround(file, line); around; around = textAround(file, line)) {
    line = startOfLine(around.start);
  }
  return line;
}
