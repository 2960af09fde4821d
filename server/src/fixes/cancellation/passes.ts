import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { type CallStep, callsWithoutSignal } from '../../project/tools/cancellation.ts';
import { waitedCalls } from '../../project/tools/waitedCalls.ts';
import type { ToolHandler } from '../../project/tools.ts';
import { type FunctionRef, functionKey } from '../../project/value.ts';
import type { ImportLine } from '../source/imports.ts';
import { type FileEdit, handOn } from './handOn.ts';
import { isWithin } from './scopes.ts';
import { cancelled } from './waits.ts';

/** What lets the signal of a tool reach what it waits for. */
export interface Passes {
  readonly edits: readonly FileEdit[];
  readonly imports: readonly { readonly path: string; readonly line: ImportLine }[];
  /** Files whose code names `untilAborted`. */
  readonly racing: readonly string[];
}

/**
 * Passes the signal of a tool call on to all that takes one, over own functions too; without edits where nothing does.
 * @param signal the expression by which the handler has it
 */
export function passesOf(tool: ToolHandler, server: McpServer, project: Project, signal: string): Passes {
  const { program } = server.calls;
  const start: FunctionRef = { path: tool.path, fn: tool.fn };
  /** The functions that have the signal, and by which expression. */
  const holders = new Map([[functionKey(start), { ref: start, signal }]]);
  const edits: FileEdit[] = [];
  const imports: { path: string; line: ImportLine }[] = [];
  const racing: string[] = [];
  const waits = callsWithoutSignal(tool, server);
  const quick = waits.filter(({ cancellable }) => cancellable.isQuick);
  for (const found of [...waits.filter(({ cancellable }) => !cancellable.isQuick), ...quick]) {
    const handed = handedOn(found.way, start, signal, server, project);
    // For what is over at once no function gets another parameter.
    if (found.cancellable.isQuick && handed?.some(({ to }) => !holders.has(functionKey(to)))) continue;
    const last = handed?.at(-1);
    const reached = handed && cancelled(found, last ? 'signal' : signal, project, program);
    if (!reached) continue;
    edits.push(...handed.flatMap((each) => each.edits));
    for (const { to } of handed) holders.set(functionKey(to), { ref: to, signal: 'signal' });
    edits.push(...reached.edits.map((edit) => ({ path: found.path, edit })));
    imports.push(...reached.imports.map((line) => ({ path: found.path, line })));
    if (reached.isRaced) racing.push(found.path);
  }
  for (const holder of holders.values()) edits.push(...otherCalls(holder, holders, server, project));
  return { edits, imports, racing };
}

interface HandedOn {
  readonly to: FunctionRef;
  readonly edits: readonly FileEdit[];
}

/** The functions on a way that get the signal by a parameter; `undefined` where it cannot get to the end. */
function handedOn(
  way: readonly CallStep[],
  start: FunctionRef,
  signal: string,
  { calls }: McpServer,
  project: Project,
): HandedOn[] | undefined {
  const handed: HandedOn[] = [];
  let holder = start;
  for (const step of way) {
    const facts = calls.program.facts(holder.path);
    if (facts && step.to.path === holder.path && isWithin(facts, step.to.fn, holder.fn)) continue;
    const edits = step.how === 'call' && handOn(step, handed.length > 0 ? 'signal' : signal, project, calls);
    if (!edits) return undefined;
    handed.push({ to: step.to, edits });
    holder = step.to;
  }
  return handed;
}

/** The other awaited calls of functions that take the signal now. */
function otherCalls(
  { ref, signal }: { ref: FunctionRef; signal: string },
  holders: ReadonlyMap<string, unknown>,
  { calls }: McpServer,
  project: Project,
): FileEdit[] {
  const facts = calls.program.facts(ref.path);
  const inside = facts?.functions.filter(({ id }) => isWithin(facts, id, ref.fn)) ?? [];
  return inside.flatMap((fact) => {
    const from = { path: ref.path, fn: fact.id };
    const waited = waitedCalls(fact);
    return calls.from(from).flatMap((edge) => {
      const isMeant = edge.how === 'call' && waited.has(edge.call) && holders.has(functionKey(edge.to));
      return (isMeant && handOn({ ...edge, from }, signal, project, calls)) || [];
    });
  });
}
