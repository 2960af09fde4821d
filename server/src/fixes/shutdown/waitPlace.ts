import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { ShutdownPath } from '../../project/shutdown/paths.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { TextEdit } from '../../text/edits.ts';
import { linesAsWritten } from '../codeStyle.ts';
import type { Insertion } from '../source/insertion.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { asyncEdits } from './asyncFunction.ts';
import { functionCode, type HandlerCode, linesBefore, statementOf } from './handlerCode.ts';
import { endOfBlock } from './moveLines.ts';
import { workOf } from './work.ts';

/** Where a shutdown path can wait. */
export interface WaitPlace {
  readonly code: HandlerCode;
  /** What makes the function async. */
  readonly asynchronous: readonly TextEdit[];
  readonly start: number;
  /** A second signal does not come here. */
  readonly isGuarded: boolean;
  /** Puts a line there. */
  insert(line: string): Insertion;
}

/** In front of the first of some steps of a path, behind its guard; `undefined` where there is no room. */
export function waitPlace(
  project: Project,
  path: ShutdownPath,
  steps: readonly Step[],
): WaitPlace | undefined {
  const [first] = [...steps].sort((a, b) => (beginsBefore(a, b) ? -1 : 1));
  if (!first) return undefined;
  const work = workOf(project, path);
  const way = [...first.via, first.spot];
  const from = way.findIndex((spot) => spot.path === work.path && spot.fn === work.fn);
  for (const spot of way.slice(Math.max(0, from))) {
    const code = functionCode(project, spot);
    if (!code) return undefined;
    // `() => stop()`: the wait stands in what is called.
    if (isWithoutBlock(code)) continue;
    const statement = statementOf(code, first);
    if (!statement) return undefined;
    const { guard } = path.view;
    const isOwn = guard?.spot.path === code.path && guard.spot.fn === code.fn.id;
    const set = guard && isOwn ? statementOf(code, guard) : undefined;
    // The promise of the first run is what the next one asks for: the wait belongs into it.
    if (set === statement && statement.kind !== 'loop') continue;
    const isGuarded = guard !== undefined && (set ? set.start < statement.start : beginsBefore(guard, first));
    const into = plannedFile(project, code.path);
    const asynchronous = asynchronousOf(code);
    if (!into || !asynchronous || !linesBefore(code, statement, '')) return undefined;
    const insert = (line: string): Insertion => ({ into, at: { before: statement }, code: line });
    return { code, asynchronous, isGuarded, start: statement.start, insert };
  }
  return undefined;
}

/** At the end of a function's block; `undefined` where it is left before, or shares its last line. */
export function waitAtEnd(
  project: Project,
  { view }: ShutdownPath,
  code: HandlerCode,
): WaitPlace | undefined {
  const into = plannedFile(project, code.path);
  const asynchronous = asynchronousOf(code);
  const end = endOfBlock(code);
  if (!into || !asynchronous || !end) return undefined;
  const insert = (line: string): Insertion => ({
    into,
    at: { offset: end.offset },
    code: `${linesAsWritten(line, code.style, end.indent)}\n`,
  });
  return { code, asynchronous, isGuarded: view.isGuarded, start: end.offset, insert };
}

/** What makes a function async, where nobody depends on its being over when it returns. */
function asynchronousOf(code: HandlerCode): readonly TextEdit[] | undefined {
  return code.fn.isAsync || isOnlyListener(code) ? asyncEdits(code) : undefined;
}

function isWithoutBlock({ fn, text }: HandlerCode): boolean {
  return fn.id !== 0 && text[fn.body.start] !== '{';
}

/** Whether a function is only handed to what calls it later, so that nobody depends on its being over when it returns. */
export function isOnlyListener({ facts, fn }: HandlerCode): boolean {
  const binding = facts.bindings.find(({ values }) =>
    values.some(({ expr }) => expr.kind === 'function' && expr.fn === fn.id),
  );
  return usesOf(facts, binding?.id, fn.id).every(({ on }) => on !== undefined && !/exit/i.test(on));
}

interface Use {
  /** The event that it is registered for; `undefined` for any other use. */
  readonly on: string | undefined;
}

function usesOf(facts: SourceFacts, binding: number | undefined, fn: number): Use[] {
  const isMeant = (expr: Expr) =>
    (expr.kind === 'name' && expr.binding === binding) || (expr.kind === 'function' && expr.fn === fn);
  const uses: Use[] = [];
  const registered = new Set<Expr>();
  for (const { statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind === 'call' && expr.callee.kind === 'member') {
        const [event, listener] = expr.args;
        if (
          listener &&
          isMeant(listener) &&
          /^(on|once|(add|prepend)(Once)?Listener)$/.test(expr.callee.property)
        ) {
          registered.add(listener);
          uses.push({ on: event?.kind === 'literal' ? String(event.value) : '' });
        }
      }
      if (expr.kind === 'name' && isMeant(expr) && !registered.has(expr)) uses.push({ on: undefined });
    });
  }
  return uses;
}
