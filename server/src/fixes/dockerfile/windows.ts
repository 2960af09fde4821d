import { arrayText, wordsToArray } from './arrayText.ts';
import { argumentEdits } from './layout.ts';
import type { Rewrite, Start } from './rewrite.ts';

/** Words that cmd and PowerShell leave as they are. */
const plain = /^[\w./\\:=+-]+$/;

/** On Windows only a program file with plain words can do without cmd or PowerShell. */
export function windowsRewrite({ run, fileText }: Start): Rewrite | undefined {
  const { argument, keyword } = run.command;
  const items = [...argument.text.matchAll(/\S+/g)].map(({ 0: value, index }) => ({
    start: index,
    end: index + value.length,
    value,
  }));
  const isProgramFile = /^node$|\.exe$/i.test(items[0]?.value ?? '');
  if (!run.isShellForm || !isProgramFile || !items.every(({ value }) => plain.test(value))) return undefined;
  const array = arrayText(items.map(({ value }) => value));
  const edits = argumentEdits(fileText, run.command, wordsToArray(items, []), array);
  return edits && { result: `${fileText.slice(keyword.start, keyword.end)} ${array}`, isSafe: false, edits };
}
