import { expect, test } from 'vitest';
import { tempFolder } from '../support/tempFolder.ts';
import { readInput, saveInput, signatureOf } from './report.ts';
import { wrongEdits, wrongRanges } from './wellFormed.ts';

test('ranges are looked for however deep they lie, also in maps and cycles', () => {
  const outside = { start: 3, end: 9 };
  const facts: Record<string, unknown> = { list: [new Map([['a', { inner: outside }]])], start: 0, end: 4 };
  facts.self = facts;
  expect(wrongRanges(facts, 9, 'facts')).toEqual([]);
  expect(wrongRanges(facts, 8, 'facts')).toEqual(['facts: 3..9 is no range of a text of 8']);
  expect(wrongRanges({ start: 2, end: 1 }, 8, 'x')).toHaveLength(1);
  expect(wrongRanges({ start: Number.NaN, end: 1 }, 8, 'x')).toHaveLength(1);
});

test('edits may not lie outside, nor cut a character or a line ending', () => {
  const text = 'a\r\n😀';
  const at = (start: number, end: number) => wrongEdits(text, [{ start, end, newText: '' }]);
  for (const [start, end] of [
    [0, 5],
    [1, 3],
    [3, 3],
    [5, 5],
  ] as const)
    expect(at(start, end)).toEqual([]);
  for (const [start, end] of [
    [0, 6],
    [-1, 0],
    [2, 1],
    [2, 2],
    [0, 4],
  ] as const) {
    expect(at(start, end)).toHaveLength(1);
  }
});

test('an input that was saved is read again as it was', () => {
  const folder = tempFolder();
  const input = {
    description: 'one',
    before: new Map([['a/b.ts', 'x\r\n']]),
    path: 'a/b.ts',
    text: '\uFEFF\uD800 lone \uDC00\0\r',
    variant: 5,
  };
  saveInput(folder, input, ['broken']);
  expect(readInput(folder)).toEqual(input);
});

test('problems that differ in numbers alone are one', () => {
  expect(signatureOf('edit 1..2 at "a"\n  at x:1')).toBe(signatureOf('edit 30..4 at "b"\n  at x:22'));
  expect(signatureOf('edit 1..2')).not.toBe(signatureOf('range 1..2'));
});
