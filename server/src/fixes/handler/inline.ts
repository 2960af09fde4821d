import { type FileEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { addedLines, atHead, importEdits } from '../source/importEdits.ts';
import type { Insertion } from '../source/insertion.ts';
import type { CodePlan } from './codePlan.ts';
import { declaredIn, wiredFiles } from './wiring.ts';

/** The code in the main file; `undefined` where another file needs it, or a name is taken. */
export function inlineEdits({
  main,
  state,
  functions,
  imports: named,
  insertions,
}: CodePlan): FileEdits | undefined {
  const { file, facts } = main;
  const wired = wiredFiles(insertions, functions);
  const own = wired?.get(file.path);
  const taken = new Set(facts.bindings.map(({ name }) => name));
  if (!wired || declaredIn(`${state}\n${functions}`).some((name) => taken.has(name))) return undefined;
  const others = [...wired.values()].filter(({ planned }) => planned.file.path !== file.path);
  if (others.some(({ names, imports }) => names.size > 0 || imports.length > 0)) return undefined;
  const style = codeStyleOf(file.path, file.text, facts);
  const { newline } = style;
  const { joining, lines } = importEdits([...named, ...(own?.imports ?? [])], main);
  const variables = state === '' ? [] : ['', inStyle(state, style)];
  const head = [...lines, ...variables].join(newline);
  const edits: TextEdit[] = [
    ...joining,
    ...(own?.edits ?? []),
    ...(head === '' ? [] : [atHead(head, main)]),
    insertAt(file.text.replace(/\s+$/, '').length, `${newline}${newline}${inStyle(functions, style)}`),
  ];
  return new Map([
    [file.path, edits],
    ...others.map(({ planned, edits }) => [planned.file.path, edits] as const),
  ]);
}

/** Insertions that need no code but their own; `undefined` where one has no place. */
export function insertedEdits(insertions: readonly Insertion[]): FileEdits | undefined {
  const wired = wiredFiles(insertions, '');
  if (!wired) return undefined;
  return new Map(
    [...wired].map(([path, { planned, edits, imports }]) => {
      const { joining, lines } = importEdits(imports, planned);
      return [path, [...joining, ...edits, ...addedLines(lines, planned)]] as const;
    }),
  );
}
