import type { Expr, SourceFacts, Statement } from '../languages/source/facts.ts';
import { walkExpression } from '../languages/source/walk.ts';

/**
 * `if (import.meta.url === pathToFileURL(process.argv[1]).href) main()` and `if (require.main === module) main()`: what
 * runs only where the file itself is started. Anything less plain counts as running always.
 */
export function isMainGuard(statement: Statement, facts: SourceFacts): boolean {
  return (
    statement.kind === 'if' && statement.otherwise.length === 0 && asksWhetherStarted(statement.test, facts)
  );
}

function asksWhetherStarted(test: Expr, facts: SourceFacts): boolean {
  if (test.kind === 'choice' && test.operator === '&&')
    return asksWhetherStarted(test.test, facts) || asksWhetherStarted(test.whenTrue, facts);
  if (test.kind === 'choice' && test.operator === '||') {
    const ways = alternatives(test);
    const isAsked = ways.some((way) => asksWhetherStarted(way, facts));
    return isAsked && ways.every((way) => asksWhetherStarted(way, facts) || asksForProgram(way));
  }
  if (test.kind === 'name') {
    const binding = facts.bindings[test.binding];
    const [only, ...others] = binding?.kind === 'const' ? binding.values : [];
    const isTest = only !== undefined && /^(binary|choice|call)$/.test(only.expr.kind);
    return isTest && others.length === 0 && asksWhetherStarted(only.expr, facts);
  }
  const [one, other] = compared(test);
  const own = (expr: Expr) => mentions(expr, 'import.meta') || isName(expr, 'module');
  const started = (expr: Expr) => mentions(expr, 'process.argv') || mentions(expr, 'require.main');
  return !!one && !!other && ((own(one) && started(other)) || (own(other) && started(one)));
}

/** What is held against what: `a === b`, `a.endsWith(b)`. */
function compared(test: Expr): readonly Expr[] {
  if (test.kind === 'binary' && /^={2,3}$/.test(test.operator)) return [test.left, test.right];
  if (test.kind !== 'call' || test.callee.kind !== 'member' || test.callee.property !== 'endsWith') return [];
  return [test.callee.object, ...test.args];
}

/** The sides of `a || b || c`. */
function alternatives(test: Expr): readonly Expr[] {
  if (test.kind !== 'choice' || test.operator !== '||') return [test];
  return [...alternatives(test.test), ...alternatives(test.whenFalse)];
}

/** `process.argv[1].endsWith('notes')`: a link of another name leads to the file. */
function asksForProgram(expr: Expr): boolean {
  if (expr.kind === 'choice' && expr.operator === '&&') return asksForProgram(expr.whenTrue);
  return (
    expr.kind === 'call' &&
    expr.callee.kind === 'member' &&
    /^(endsWith|includes)$/.test(expr.callee.property) &&
    mentions(expr.callee.object, 'process.argv')
  );
}

/** Whether an expression looks at `object.property`; of `import.meta` the syntax leaves only `meta`. */
function mentions(expr: Expr, what: 'import.meta' | 'process.argv' | 'require.main'): boolean {
  const [object, property] = what.split('.');
  let found = false;
  walkExpression(expr, (inner) => {
    if (what === 'import.meta')
      found ||=
        inner.kind === 'other' &&
        inner.children.length === 1 &&
        inner.children.some((child) => isName(child, 'meta'));
    else found ||= inner.kind === 'member' && inner.property === property && isName(inner.object, object);
  });
  return found;
}

function isName(expr: Expr, name: string | undefined): boolean {
  return expr.kind === 'name' && expr.name === name && expr.binding < 0;
}
