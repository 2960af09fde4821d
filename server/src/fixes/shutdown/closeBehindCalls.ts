import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { CallStep } from '../../project/shutdown/steps.ts';
import { type Action, nameOf, type PathView } from '../../project/shutdown/view.ts';
import type { FileEdits } from '../../text/edits.ts';
import type { ImportLine } from '../source/imports.ts';
import type { Insertion } from '../source/insertion.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { functionCode, type HandlerCode, statementOf } from './handlerCode.ts';
import { waitEdits } from './waitForCalls.ts';

/** A handler with the close of an HTTP listener that is to be awaited. */
export interface Closing {
  readonly one: AssessedPath;
  readonly action: Action;
}

/**
 * Waits for the calls in front of the close of a listener, and ends what keeps that from being over when they are done:
 * streams that clients hold open, and sockets that were never used.
 *
 * @returns `undefined` where the calls come in out of sight, or the listener is none that can end its connections
 */
export function closeBehindCalls(project: Project, closings: readonly Closing[]): FileEdits | undefined {
  const ended = closings.map(({ one: { path }, action }) =>
    endOfConnections(path.view) ? [] : connectionsEnded(project, action),
  );
  if (ended.includes(undefined)) return undefined;
  const endings = closings.map(({ one, action }) => ({ one, step: firstToEnd(one.path.view, action.step) }));
  return waitEdits(
    project,
    endings,
    ended.flatMap((lines) => lines ?? []),
  );
}

/** The step that ends every connection, if the handler has one. */
export function endOfConnections({ actions }: PathView): CallStep | undefined {
  return actions.find(({ effect, step }) => effect.kind === 'ends-connections' && /All/.test(nameOf(step)))
    ?.step;
}

function firstToEnd(view: PathView, close: CallStep): CallStep {
  const end = endOfConnections(view);
  return end && beginsBefore(end, close) ? end : close;
}

/** A timer in front of the close that ends all connections: what was answered last is then on its way. */
function connectionsEnded(project: Project, { step }: Action): Insertion[] | undefined {
  const code = functionCode(project, step.spot);
  const into = plannedFile(project, step.spot.path);
  const close = code && statementOf(code, step);
  const listener = code && listenerOf(step, code);
  if (!into || !close || !listener || code.facts.bindings.some(({ name }) => name === 'setTimeout'))
    return undefined;
  const lines = `// Open streams and unused sockets would keep it from closing.
setTimeout(() => ${listener.name}.closeAllConnections(), 300);`;
  return [{ into, at: { before: close }, code: lines, imports: listener.imports }];
}

/** How Node's own server is named where the listener is closed; `undefined` for one of another kind. */
function listenerOf(
  { call: { callee }, callees }: CallStep,
  { text, facts }: HandlerCode,
): { readonly name: string; readonly imports: readonly ImportLine[] } | undefined {
  const [made, ...others] = callees;
  if (callee.kind !== 'member' || made?.kind !== 'foreign' || others.length > 0) return undefined;
  const { object } = callee;
  const isOptional = text.startsWith('?.', object.end);
  const name = `${text.slice(object.start, object.end)}${isOptional ? '?' : ''}`;
  const isConst = object.kind === 'name' && facts.bindings[object.binding]?.kind === 'const';
  if (made.module === 'fastify')
    return { name: made.member.includes('.server.') ? name : `${name}.server`, imports: [] };
  // What it makes may be a server of HTTP/2, which has no such method.
  if (made.module === '@hono/node-server')
    return { name: `‹(›${name}‹ as HttpServer)›`, imports: [httpServer] };
  // A function that is called later does not know that a variable is set.
  const isNode =
    /^(node:)?https?$|^(express|koa)$/.test(made.module) || made.member.startsWith('createMcpExpressApp()');
  return isNode ? { name: isConst || isOptional ? name : `${name}‹?›`, imports: [] } : undefined;
}

const httpServer: ImportLine = { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true };
