import type { Statement } from '../../../languages/source/facts.ts';
import { applyEdits, type TextEdit } from '../../../text/edits.ts';
import { isDirective } from '../../source/comments.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { functionAt, jumpsOut, meansTheSame, usesOf } from '../../source/scope.ts';
import { namedSignal } from '../../source/signalName.ts';
import { indentationAt } from '../../textStyle.ts';
import type { OldBody, Part } from './body.ts';
import type { KeptComments } from './comments.ts';

/** What stays of the code of an old handler, in the author's words. */
export interface KeptCode {
  /** Comment lines above it. */
  readonly comments: readonly string[];
  readonly lines: readonly string[];
  /** Bindings of the file that it names. */
  readonly bindings: readonly number[];
  /** It names the signal, which `shutDown` calls `cause`. */
  readonly namesCause: boolean;
  /** It names one signal literally: that, and the lines with `cause` in its place where they make sense. */
  readonly named: { readonly signal: string; readonly lines: readonly string[] | undefined } | undefined;
}

/** Names inside `shutDown`: there, another thing of that name could not be reached. */
const ownNames = new Set([
  'cause',
  'steps',
  'maxMs',
  'end',
  'text',
  'name',
  'run',
  'isDone',
  'answer',
  'cancelling',
]);

/**
 * The text of a part, to stand in a function of the same file from now on; `undefined` where it would mean something
 * else there, or has no place in a template.
 * @param offset where that function is: an offset inside of it, or `undefined` for one at the top of the file
 * @param isStdio stdout belongs to the protocol
 */
export function keptCode(
  part: Part,
  body: OldBody,
  { file, facts }: PlannedFile,
  offset: number | undefined,
  isStdio: boolean,
  { above, behind }: KeptComments,
): KeptCode | undefined {
  const code = part.kind === 'call' ? part.call : part.statement;
  if (part.kind === 'block' && jumpsOut([part.statement])) return undefined;
  const uses = usesOf(facts, [code]);
  const isCause = ({ binding }: { binding: number }) => offset === undefined && body.causes.has(binding);
  const others = uses.names.filter((name) => !isCause(name));
  const place = offset === undefined ? { facts, fn: 0 } : { facts, fn: functionAt(facts, offset), offset };
  if (!meansTheSame({ ...uses, names: others }, part.fn, place)) return undefined;
  if (offset === undefined && others.some(({ name }) => ownNames.has(name))) return undefined;
  const causes = uses.names.filter(isCause).map(({ start, end }) => ({ start, end, newText: 'cause' }));
  const written = (edits: readonly TextEdit[]) => {
    const shift = ({ start, end, newText }: TextEdit) => ({
      start: start - code.start,
      end: end - code.start,
      newText,
    });
    const text = applyEdits(file.text.slice(code.start, code.end), edits.map(shift));
    return isStdio ? text.replace(/\bconsole\.(log|info|debug)\(/g, 'console.error(') : text;
  };
  const text = written(causes);
  const isFirst = part.kind === 'log' && offset === undefined;
  const named = isFirst ? namedSignal(file.text, code, uses.templates, 'cause') : undefined;
  const isLong = uses.templates.some(({ start, end }) => file.text.slice(start, end).includes('\n'));
  const over = above.get(part.statement.start) ?? [];
  const ending = behind.get(part.statement.start) ?? [];
  if (isLong || [text, ...over, ...ending].some((each) => /[‹›»]/.test(each))) return undefined;
  const base = indentationAt(file.text, code.start) ?? '';
  // Of a call, the statement around it is gone: what ended its line stands above.
  const isCall = part.kind === 'call';
  const linesOf = (whole: string) =>
    (isCall ? whole : [whole, ...ending].join(' '))
      .split(/\r\n|\n|\r/)
      .map((line, index) => (index > 0 && line.startsWith(base) ? line.slice(base.length) : line));
  return {
    comments: isCall ? [...over, ...ending.filter((line) => !isDirective(line))] : over,
    lines: linesOf(text),
    bindings: others.map(({ binding }) => binding).filter((binding) => binding >= 0),
    namesCause: causes.length > 0,
    named: named && {
      signal: named.signal,
      lines: named.edits && linesOf(written([...causes, ...named.edits])),
    },
  };
}

/** A word for a part, for the log of a step that fails: what it is called on, or what is called. */
export function nameOf(part: Part): string {
  let expr = part.kind === 'call' ? part.call.callee : headOf(part.statement);
  // clearInterval(heartbeat)
  if (part.kind === 'call' && expr?.kind === 'name' && /^clear[A-Z]/.test(expr.name))
    expr = part.call.args[0];
  if (expr?.kind === 'member' && part.kind === 'call')
    expr = expr.object.kind === 'this' ? expr : expr.object;
  while (expr) {
    if (expr.kind === 'name') return expr.name;
    if (expr.kind === 'member' && expr.object.kind === 'this') return expr.property;
    if (expr.kind === 'member') expr = expr.object;
    else if (expr.kind === 'call') expr = expr.callee;
    else break;
  }
  return 'clean-up';
}

function headOf(statement: Statement) {
  if (statement.kind === 'loop') return statement.heads[0];
  return statement.kind === 'if' ? statement.test : undefined;
}
