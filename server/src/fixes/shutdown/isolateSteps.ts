import type { Fix } from '../../engine/types.ts';
import type { Expr, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf } from '../../languages/source/walk.ts';
import type { CallExpr } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import { isCaughtAlone, type Unguarded } from '../../project/shutdown/isolation.ts';
import type { Spot } from '../../project/shutdown/steps.ts';
import type { Action } from '../../project/shutdown/view.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { inStyle } from '../codeStyle.ts';
import { indentationAt, lineStart } from '../textStyle.ts';
import { caught, type Link, linkOf } from './chainLinks.ts';
import { functionCode, type HandlerCode, lineEndAfter } from './handlerCode.ts';
import { logLine } from './logging.ts';
import { together } from './together.ts';

/** Puts each step of a clean-up into a `try` of its own that logs what has failed. */
export function isolateSteps(project: Project, { step, skipped, instead }: Unguarded, ruleId: string): Fix[] {
  const parts: FileEdits[] = [];
  const taken = new Set<Statement | Expr>();
  // What nobody waits for, or what is caught already, keeps nothing from running.
  const failing = skipped.filter((other) => other.step.isAwaited && !isCaughtAlone(other.step, step.step));
  const actions = [step, ...failing];
  const depth = failing.length > 0 ? whereTheyPart(actions) : undefined;
  for (const action of [...actions, ...instead]) {
    const found = placeOfStep(project, action, depth);
    const edit = found && alone(found, logLine(project, found.code, labelOf(found, action)));
    const own = found?.link?.expr ?? found?.statement;
    // Two in one statement, or one that is no statement: they cannot be told apart by a try.
    if (!found || !edit || !own || taken.has(own)) return [];
    taken.add(own);
    parts.push(new Map([[found.code.path, [edit]]]));
  }
  return [
    {
      ruleId,
      title: 'Give each step a try of its own',
      // A failure no longer ends the process with code 1: whether it should is for a person to say.
      isSafe: false,
      isPreferred: true,
      edits: together(parts),
    },
  ];
}

/** The same for steps in front of one that is new, as far as each is a statement of its own. */
export function isolated(project: Project, steps: readonly Action[]): FileEdits[] {
  return steps.flatMap((step) =>
    isolateSteps(project, { step, skipped: [], instead: [] }, '').map(({ edits }) => edits),
  );
}

/** The calls that lead to a step, the handler's own first, and the step itself. */
function wayTo({ step }: Action): readonly Spot[] {
  return [...step.via, step.spot];
}

/** How many calls all steps have in common: in the function behind those they follow each other. */
function whereTheyPart(actions: readonly Action[]): number {
  const [first, ...others] = actions.map(wayTo);
  const depth = first?.findIndex((spot, index) => others.some((way) => way[index]?.expr !== spot.expr)) ?? -1;
  return Math.max(0, depth);
}

interface FoundStep {
  readonly code: HandlerCode;
  /** The statement that awaits it, or the link of a chain that is or runs it. */
  readonly statement?: Statement;
  readonly link?: Link;
  /** What is awaited there. */
  readonly awaited: Expr;
}

/**
 * The statement that awaits a step and nothing else, also by a promise that its callback settles, or its link in a chain:
 * where the steps follow each other, so that what they call goes on failing for others; without a depth the innermost
 * one.
 */
function placeOfStep(project: Project, action: Action, depth: number | undefined): FoundStep | undefined {
  const way = wayTo(action);
  for (const { path, fn, expr } of depth === undefined ? [...way].reverse() : way.slice(depth, depth + 1)) {
    const own = functionCode(project, { path, fn });
    const link = own && linkOf(own, expr);
    if (link) return { code: own, link, awaited: expr };
    const parent = own && functionCode(project, { path, fn: own.fn.parent });
    for (const code of [own, parent]) {
      const statement = code && innermost(code.fn.statements, expr);
      if (!code || statement?.kind !== 'expression' || statement.expr.kind !== 'await') continue;
      const { operand } = statement.expr;
      const isPromise = operand.kind === 'call' && (operand.isNew || isOfPromises(operand, code));
      return operand === expr || isPromise ? { code, statement, awaited: operand } : undefined;
    }
  }
  return undefined;
}

/** `Promise.all(...)` and the like. */
function isOfPromises({ callee }: CallExpr, { text }: HandlerCode): boolean {
  return /^Promise\.(all|allSettled|race|any)$/.test(text.slice(callee.start, callee.end));
}

/** The innermost statement around a stretch of the text. */
function innermost(statements: readonly Statement[], { start, end }: Range): Statement | undefined {
  const around = statements.find((each) => each.start <= start && end <= each.end);
  if (!around) return undefined;
  for (const part of partsOf(around)) {
    const inner = isBlock(part) ? innermost(part, { start, end }) : undefined;
    if (inner) return inner;
  }
  return around;
}

/** What is called, for the log: `pool.end`. */
function labelOf({ code, awaited, link }: FoundStep, { step: { call } }: Action): string {
  const isPlain = !link && awaited.kind === 'call' && !awaited.isNew && !isOfPromises(awaited, code);
  const { start, end } = (isPlain ? awaited : call).callee;
  const callee = code.text.slice(start, end).replaceAll(/\?(?=\.)|\s+(?=\.)/g, '');
  return /^[\w$.]{1,40}$/.test(callee) ? callee : 'shutdown';
}

function alone({ code, statement, link }: FoundStep, log: string): TextEdit | undefined {
  if (link) return caught(code, link, log);
  return statement && inTry(code, statement, log);
}

function inTry(code: HandlerCode, statement: Statement, log: string): TextEdit | undefined {
  const { text, style } = code;
  const own = indentationAt(text, statement.start);
  const from = lineStart(text, statement.start);
  const indent = own ?? /^[ \t]*/.exec(text.slice(from))?.[0] ?? '';
  const end = lineEndAfter(text, statement.end);
  // The body of a loop without braces, on the loop's line.
  const isBody = own === undefined && /^\s*for\b.*\)\s*$/.test(text.slice(from, statement.start));
  if (end === undefined || (own === undefined && !isBody)) return undefined;
  const line = text.slice(statement.start, end).trimEnd();
  // White space in a template is text.
  if (line.includes('`') && /[\r\n]/.test(line)) return undefined;
  const depth = isBody ? '  ' : '';
  const inner = style.indent + (isBody ? style.indent : '');
  const [head, tail] = `try {\n‹›\n} catch (error) {\n  ${log}\n}`
    .split('\n')
    .map((part) => depth + part)
    .join('\n')
    .split(`${depth}‹›\n`)
    .map((part) => inStyle(part.replace(/\n$/, ''), style, indent));
  const moved = indent + inner + line.replaceAll(/(\r\n|\n|\r)(?=[^\r\n])/g, `$1${inner}`);
  const lines = [head, moved, tail];
  const all = isBody ? ['{', ...lines, `${indent}}`] : lines;
  const newText = all.join(style.newline);
  return {
    start: statement.start,
    end: statement.start + line.length,
    newText: isBody ? newText : newText.slice(indent.length),
  };
}
