import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { importLines, lastImportEnd } from './imports.ts';
import { insertAt } from './insertion.ts';
import type { HandlerPlan } from './plan.ts';
import { functionsOf, importsOf, stateOf } from './runtime/runtime.ts';
import { declaredIn, wiredFiles } from './wiring.ts';

/** The handler in the file that begins to serve; `undefined` where another file needs it, or a name is taken. */
export function inlineEdits({ main, needs, insertions }: HandlerPlan): FileEdits | undefined {
  const { file, facts } = main;
  const [state, functions] = [stateOf(needs), functionsOf(needs)];
  const wired = wiredFiles(insertions, functions);
  const own = wired?.get(file.path);
  const taken = new Set(facts.bindings.map(({ name }) => name));
  if (!wired || wired.size > 1 || declaredIn(`${state}\n${functions}`).some((name) => taken.has(name)))
    return undefined;
  const style = codeStyleOf(file.path, file.text, facts);
  const { newline } = style;
  const imports = importLines([...importsOf(needs), ...(own?.imports ?? [])], main).map(
    (line) => newline + line,
  );
  const head = `${imports.join('')}${newline}${newline}${inStyle(state, style)}`;
  const edits: TextEdit[] = [
    ...(own?.edits ?? []),
    insertAt(lastImportEnd(main), head),
    insertAt(file.text.replace(/\s+$/, '').length, `${newline}${newline}${inStyle(functions, style)}`),
  ];
  return new Map([[file.path, edits]]);
}
