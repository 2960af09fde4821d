import type { Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { ShutdownPath } from '../../project/shutdown/paths.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { FunctionRef } from '../../project/value.ts';

/** The function that does the work: handlers of several signals often only call one that they share. */
export function workOf(project: Project, { handler, view }: ShutdownPath): FunctionRef {
  let ref: FunctionRef = handler;
  for (let depth = 0; depth < 3; depth += 1) {
    const call = onlyCall(project, ref);
    const next = call && calledBy(call, ref, view.trace.steps);
    // `server.close(() => process.exit(0))`: what comes when it is over is not the work.
    if (next && isHandedTo(project, call, ref, next)) break;
    // What others may call as well, and go on after it, must stay as it is: it has to end the process.
    const isEnd =
      view.exits.length > 0 && view.exits.every(({ via }) => via.some(({ expr }) => expr === call));
    if (!next || !isEnd) break;
    ref = next;
  }
  return ref;
}

/** The call that a function consists of: `() => void stop('SIGTERM').catch(report)`. */
function onlyCall(project: Project, { path, fn }: FunctionRef): Expr | undefined {
  const file = project.files.get(path);
  if (file?.facts.language !== 'source') return undefined;
  const [only, ...others] = file.facts.source.functions[fn]?.statements ?? [];
  if (!only || others.length > 0) return undefined;
  const expr = only.kind === 'expression' ? only.expr : only.kind === 'return' ? only.value : undefined;
  return expr && bareCall(expr);
}

function bareCall(expr: Expr): Expr | undefined {
  if (expr.kind === 'await' || expr.kind === 'unary') return bareCall(expr.operand);
  // The promise of the first run may be kept: `stopping ??= shutDown()`.
  if (expr.kind === 'assign') return bareCall(expr.value);
  if (expr.kind !== 'call') return undefined;
  const { callee } = expr;
  const isChained = callee.kind === 'member' && /^(then|catch|finally)$/.test(callee.property);
  return isChained ? bareCall(callee.object) : expr;
}

/** Whether a function is an argument of a call, as it stands there or by its name. */
function isHandedTo(project: Project, call: Expr, { path }: FunctionRef, handed: FunctionRef): boolean {
  const file = project.files.get(path);
  if (call.kind !== 'call' || file?.facts.language !== 'source' || handed.path !== path) return false;
  const { bindings } = file.facts.source;
  return call.args.some((argument) => {
    if (argument.kind === 'function') return argument.fn === handed.fn;
    const values = argument.kind === 'name' ? (bindings[argument.binding]?.values ?? []) : [];
    return values.some(({ expr }) => expr.kind === 'function' && expr.fn === handed.fn);
  });
}

/** The function that a call of the path leads to: the one in which the steps behind it stand. */
function calledBy(call: Expr, from: FunctionRef, steps: readonly Step[]): FunctionRef | undefined {
  for (const { via, spot } of steps) {
    const at = via.findIndex(({ expr }) => expr === call);
    if (at < 0) continue;
    const { path, fn } = via[at + 1] ?? spot;
    return path === from.path && fn === from.fn ? undefined : { path, fn };
  }
  return undefined;
}
