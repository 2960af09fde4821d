import type { Expr, SourceFacts, Statement, ValuePart } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../languages/source/walk.ts';
import type { Values } from '../values.ts';
import { type Frame, through, valuesIn, withElement } from './frame.ts';

const maxRounds = 16;

type Loop = Extract<Statement, { kind: 'loop' }>;

/** The rounds of `for (const [name, run] of [[...], [...]])`, one frame each; `undefined` where the list is not written out. */
export function unrolled({ loop, heads, bindings }: Loop, frame: Frame, values: Values): Frame[] | undefined {
  const [over] = heads;
  if (loop !== 'for-of' || !over) return undefined;
  const list = listOf(over, frame, values);
  if (!list || list.elements.length === 0 || list.elements.length > maxRounds) return undefined;
  const facts = values.program.facts(frame.path);
  const variables = bindings.map((binding) => ({ binding, parts: partsOfVariable(facts, binding, over) }));
  return list.elements.map((expr) => withElement(frame, { expr, frame: list.frame, parts: [] }, variables));
}

/** `for (const id in map)`: a Map or Set has no keys that it sees, and the loop never runs. */
export function runsOverNothing({ loop, heads }: Loop, frame: Frame, values: Values): boolean {
  const [over] = heads;
  if (loop !== 'for-in' || !over) return false;
  return valuesIn(over, frame, values).every(
    (value) => value.kind === 'foreign' && value.module === '' && /^(Map|Set)\(\)$/.test(value.member),
  );
}

function listOf(
  over: Expr,
  frame: Frame,
  values: Values,
): { elements: readonly Expr[]; frame: Frame } | undefined {
  const seen = through(over, frame);
  if (seen.expr.kind === 'array')
    return isPlain(seen.expr.elements) ? { elements: seen.expr.elements, frame: seen.frame } : undefined;
  const [only, ...others] = valuesIn(over, frame, values);
  if (others.length > 0 || only?.kind !== 'array' || only.expr.kind !== 'array') return undefined;
  // A list that grows later is not what is written.
  if (values.elements(only).length !== only.expr.elements.length || !isPlain(only.expr.elements))
    return undefined;
  return { elements: only.expr.elements, frame: { path: only.path, fn: only.fn, bound: frame.bound } };
}

function isPlain(elements: readonly Expr[]): boolean {
  return elements.every(({ kind }) => kind !== 'spread');
}

/** Which part of an element a loop variable holds; the first part, "an element", is the round's. */
function partsOfVariable(facts: SourceFacts | undefined, binding: number, over: Expr): readonly ValuePart[] {
  const value = facts?.bindings[binding]?.values.find(({ expr }) => expr === over);
  return value?.part.slice(1) ?? [];
}

/** What decides how long a loop goes on: its head, and the tests in it that end it. */
export function conditionsOf({ heads, body }: Loop): Expr[] {
  return [...heads.slice(-2), ...endingTests(body)].filter(({ kind }) => kind !== 'literal');
}

function endingTests(statements: readonly Statement[]): Expr[] {
  return statements.flatMap((statement): Expr[] => {
    if (statement.kind === 'if') {
      const isEnding = [statement.then, statement.otherwise].some((side) => side.some(endsLoop));
      return isEnding
        ? [statement.test]
        : [...endingTests(statement.then), ...endingTests(statement.otherwise)];
    }
    return partsOf(statement).flatMap((part) => (isBlock(part) ? endingTests(part) : []));
  });
}

function endsLoop(statement: Statement): boolean {
  return (
    statement.kind === 'return' ||
    statement.kind === 'throw' ||
    (statement.kind === 'jump' && statement.jump === 'break')
  );
}

/** Whether a condition also looks at a clock or a counter: something is compared that is not "more than nothing". */
export function looksAtLimit(condition: Expr): boolean {
  let found = false;
  walkExpression(condition, (expr) => {
    if (expr.kind === 'binary' && /^[<>]=?$/.test(expr.operator) && ![expr.left, expr.right].some(isZero))
      found = true;
    // an aborted signal, a flag that a timer sets
    if (expr.kind === 'member' && expr.property === 'aborted') found = true;
  });
  return found;
}

function isZero(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value === 0;
}

/** Whether some statements wait for anything themselves; functions written in them do not count. */
export function hasAwait(statements: readonly Statement[]): boolean {
  let found = false;
  walkStatements(statements, ({ kind }) => {
    if (kind === 'await') found = true;
  });
  return found;
}

/** Whether what follows some statements is never reached from them: they return, throw or leave the loop. */
export function endsAlways(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  if (last.kind === 'block') return endsAlways(last.body);
  return last.kind === 'return' || last.kind === 'throw' || last.kind === 'jump';
}
