import type { Fix } from '../../engine/types.ts';
import type { SourceFacts, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { ShutdownPath } from '../../project/shutdown/paths.ts';
import type { FileEdits } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { freeName } from '../source/names.ts';
import { lineStart, startWithComments } from '../textStyle.ts';
import { type HandlerCode, handlerCode, linesAtTop, linesBefore } from './handlerCode.ts';
import { methodGuardEdits } from './methodGuard.ts';
import { workOf } from './work.ts';

/** Lets the first signal run the handler, and no later one. */
export function guardHandler(project: Project, { path }: AssessedPath, ruleId: string): Fix[] {
  const edits = guardEdits(project, path);
  if (!edits) return [];
  const title = 'Ignore signals while the handler runs';
  return [{ ruleId, title, isSafe: true, isPreferred: true, edits }];
}

/** A flag beside the handler, asked and set first; `undefined` where the handler is of another shape. */
export function guardEdits(project: Project, path: ShutdownPath): FileEdits | undefined {
  const code = handlerCode(project, workOf(project, path));
  if (!code || givesResult(code)) return undefined;
  if (code.fn.ownerClass >= 0) return methodGuardEdits(code, path.view);
  const flag = freeName(code.facts, ['isStopping', 'isShuttingDown', 'hasStopped', 'shutdownBegun']);
  const place = flag && placeOfFlag(code);
  if (!place) return undefined;
  const isApart = place.isFunction || hasCommentAbove(code, place);
  const declared = linesBefore(code, place, `let ${flag} = false;${isApart ? '\n' : ''}`);
  const asked = linesAtTop(code, `if (${flag}) return;\n${flag} = true;`);
  if (!declared || !asked || declared.start >= asked.start) return undefined;
  return new Map([[code.path, [declared, asked]]]);
}

/** A comment that tells of the handler stays with it. */
function hasCommentAbove({ text }: HandlerCode, { start }: { start: number }): boolean {
  const line = lineStart(text, start);
  return startWithComments(text, line) < line;
}

/** Whether callers get something, which a bare `return` would take from them. */
export function givesResult({ fn, text }: HandlerCode): boolean {
  const head = text.slice(fn.range.start, fn.body.start);
  return /\bnever\b|\*/.test(head) || fn.statements.some(returnsValue);
}

function returnsValue(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
      return statement.value !== undefined;
    case 'if':
      return [...statement.then, ...statement.otherwise].some(returnsValue);
    case 'try':
      return [...statement.body, ...(statement.handler ?? []), ...(statement.finalizer ?? [])].some(
        returnsValue,
      );
    case 'loop':
    case 'block':
      return statement.body.some(returnsValue);
    case 'switch':
      return statement.cases.some(({ body }) => body.some(returnsValue));
    default:
      return false;
  }
}

/**
 * In front of what the flag's line goes: the statement around the handler in the nearest function with a name, or in the
 * module, and in front of the first use of a function that may be called before it is reached.
 */
function placeOfFlag({ facts, fn }: HandlerCode): { start: number; isFunction: boolean } | undefined {
  let owner = facts.functions[fn.parent];
  while (owner && owner.id !== 0 && owner.name === '') owner = facts.functions[owner.parent];
  if (!owner) return undefined;
  const around = owner.statements.filter(
    ({ start, end }) =>
      (start <= fn.range.start && fn.range.end <= end) || uses(facts, fn.id, { start, end }),
  );
  const starts = around.map(({ start }) => start);
  const isDeclared = !owner.statements.some(
    ({ start, end }) => start <= fn.range.start && fn.range.end <= end,
  );
  if (isDeclared) starts.push(fn.range.start);
  const start = Math.min(...starts);
  if (!Number.isFinite(start)) return undefined;
  const [only] = around;
  const inner = around.length === 1 && only && !isDeclared ? inBlockOf(only, fn.range) : undefined;
  return { start: inner?.start ?? start, isFunction: isDeclared && start === fn.range.start };
}

/** The innermost statement around a function that no loop repeats. */
function inBlockOf(statement: Statement, { start, end }: Range): Statement {
  if (statement.kind === 'loop' || statement.kind === 'switch') return statement;
  for (const part of partsOf(statement)) {
    const inner = isBlock(part) ? part.find((each) => each.start <= start && end <= each.end) : undefined;
    if (inner) return inBlockOf(inner, { start, end });
  }
  return statement;
}

/** Whether a function is named in a stretch of its file. */
function uses(facts: SourceFacts, id: number, { start, end }: { start: number; end: number }): boolean {
  const named = facts.bindings.find(({ values }) =>
    values.some(({ expr }) => expr.kind === 'function' && expr.fn === id),
  );
  if (!named) return false;
  return facts.functions.some(({ statements }) => {
    let found = false;
    walkStatements(statements, (expr) => {
      found ||= expr.kind === 'name' && expr.binding === named.id && start <= expr.start && expr.end <= end;
    });
    return found;
  });
}
