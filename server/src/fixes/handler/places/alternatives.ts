import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../../languages/source/walk.ts';
import type { CallSite } from '../../../project/program.ts';
import type { McpServer } from '../../../project/server.ts';

/** An `import()`, which loads a module when a start comes to it. */
interface Loading {
  readonly path: string;
  readonly fn: number;
  readonly expr: Expr;
}

/** Whether a start of a server comes to one of two calls at most; false where unknown. */
export function areAlternatives(a: CallSite, b: CallSite, server: McpServer): boolean {
  if (server.shutdown.startup.areExclusive(a, b)) return true;
  const [one, other] = [onlyLoading(a.path, server), onlyLoading(b.path, server)];
  if (!one || !other || one.path !== other.path || one.fn !== other.fn) return false;
  const facts = server.calls.program.facts(one.path);
  return facts !== undefined && areInOtherBranches(facts, one, other);
}

/** The one place that loads a module, by `import()`. */
function onlyLoading(path: string, { execution, calls: { program } }: McpServer): Loading | undefined {
  const found: Loading[] = [];
  for (const [from, functions] of execution.live) {
    const facts = program.facts(from);
    const leads = (specifier: string) => {
      const to = program.resolve(specifier, from);
      return to.kind === 'file' && to.path === path;
    };
    if (facts?.imports.some(({ kind, specifier }) => kind === 'static' && leads(specifier))) return undefined;
    for (const fn of functions)
      walkStatements(facts?.functions[fn]?.statements ?? [], (expr) => {
        if (expr.kind === 'module' && leads(expr.specifier)) found.push({ path: from, fn, expr });
      });
  }
  return found.length === 1 ? found[0] : undefined;
}

/** On two sides of an `if`, or in two cases of a `switch` that do not run into each other. */
function areInOtherBranches(facts: SourceFacts, { fn, expr: a }: Loading, { expr: b }: Loading): boolean {
  const differ = (statements: readonly Statement[]): boolean =>
    statements.some((statement) => {
      const [one, other] = [a, b].map((expr) => branchesOf(statement).find((branch) => holds(branch, expr)));
      if (one && other && one !== other) return true;
      return partsOf(statement).some((part) => isBlock(part) && differ(part));
    });
  return differ(facts.functions[fn]?.statements ?? []);
}

function branchesOf(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === 'if') return [statement.then, statement.otherwise];
  if (statement.kind !== 'switch') return [];
  const bodies = statement.cases.map(({ body }) => body);
  return bodies.slice(0, -1).every(leaves) ? bodies : [];
}

/** Whether a case does not run into the next. */
function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.kind === 'block') return leaves(last.body);
  return last === undefined || last.kind === 'jump' || last.kind === 'return' || last.kind === 'throw';
}

function holds(statements: readonly Statement[], wanted: Expr): boolean {
  let found = false;
  walkStatements(statements, (expr) => {
    walkExpression(expr, (inner) => {
      found ||= inner === wanted;
      return !found;
    });
  });
  return found;
}
