import type { Expr, FunctionFact, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr, Program } from '../program.ts';
import type { FunctionRef } from '../value.ts';
import type { CallStep } from './cancellation.ts';
import { callsByShape, type ShapeTest } from './shapeBranches.ts';
import { waitedCalls } from './waitedCalls.ts';

/** What a function that several tools may share waits for when it is called on this way. */
export function waitedOnWay(
  fact: FunctionFact,
  way: readonly CallStep[],
  program: Program,
): ReadonlySet<CallExpr> {
  const byShape = callsByShape(fact);
  if (byShape.size === 0) return waitedCalls(fact);
  const isTaken = (call: CallExpr) =>
    (byShape.get(call) ?? []).every((test) => takesBranch(test, way, program));
  return new Set([...waitedCalls(fact)].filter(isTaken));
}

/**
 * Whether a tool's way certainly leads into a branch: what it was given on the way is an object that is written out and
 * has the key, or has it not.
 * @param way the calls from the tool's handler to the function in which the test stands
 */
function takesBranch(
  { key, object, isPresent }: ShapeTest,
  way: readonly CallStep[],
  program: Program,
): boolean {
  const given = isPresent === undefined ? undefined : givenTo(object, way, program);
  if (given?.kind !== 'object' || given.properties.some((property) => property.key === undefined))
    return false;
  return given.properties.some((property) => property.key === key) === isPresent;
}

/** The expression that an expression of the function at a way's end stands for: an argument on the way, or itself. */
function givenTo(expr: Expr, way: readonly CallStep[], program: Program): Expr | undefined {
  if (expr.kind === 'name') return ofParameter(expr, way, program);
  if (expr.kind !== 'member' || expr.object.kind !== 'this') return expr;
  // `this.options = options`: by a method of the same object on the way here.
  const own = way.at(-1)?.to;
  for (let at = way.length; own && at > 0; at -= 1) {
    const to = way[at - 1]?.to;
    const value = to && isSameClass(own, to, program) && assignedIn(to, expr.property, program);
    if (value) return givenTo(value, way.slice(0, at), program);
  }
  return undefined;
}

function ofParameter(
  { binding }: Extract<Expr, { kind: 'name' }>,
  way: readonly CallStep[],
  program: Program,
): Expr | undefined {
  const step = way.at(-1);
  const fact = step && program.functionAt(step.to.path, step.to.fn);
  const index = fact?.parameters.findIndex(({ bindings }) => bindings[0] === binding) ?? -1;
  const argument = step?.how === 'call' && index >= 0 ? step.call.args[index] : undefined;
  return argument && givenTo(argument, way.slice(0, -1), program);
}

/** Two methods, or functions in fields, of one class. */
function isSameClass(a: FunctionRef, b: FunctionRef, program: Program): boolean {
  const classOf = ({ path, fn }: FunctionRef) => ownerOf(program.functionAt(path, fn), program.facts(path));
  return a.path === b.path && classOf(a) >= 0 && classOf(a) === classOf(b);
}

function ownerOf(fact: FunctionFact | undefined, facts: SourceFacts | undefined): number {
  if (!fact || fact.ownerClass >= 0) return fact?.ownerClass ?? -1;
  return facts?.classes.findIndex(({ members }) => members.some(({ fn }) => fn === fact.id)) ?? -1;
}

/** What a function gives a field of its own object, where that is one thing. */
function assignedIn({ path, fn }: FunctionRef, property: string, program: Program): Expr | undefined {
  const found: Expr[] = [];
  walkStatements(program.functionAt(path, fn)?.statements ?? [], (expr) => {
    if (expr.kind !== 'assign' || expr.target.kind !== 'member') return;
    if (expr.target.object.kind === 'this' && expr.target.property === property) found.push(expr.value);
  });
  return found.length === 1 ? found[0] : undefined;
}
