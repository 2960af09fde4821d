import type { Fix } from '../../engine/types.ts';
import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import type { Project, ProjectFile } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { isRunOnce } from '../../project/shutdown/isolation.ts';
import { judge } from '../../project/shutdown/judgement.ts';
import { unlimited } from '../../project/shutdown/limits.ts';
import type { SignalListener } from '../../project/signals.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { indentationAt, newlineOf } from '../textStyle.ts';
import { freeName } from './names.ts';
import { plannedFile } from './plannedFile.ts';
import { usesOf } from './scope.ts';
import { namedSignal } from './signalName.ts';
import { statementThatIs } from './statements.ts';

/** Two signals, one of which has a handler that the other one is to get. */
interface Pair {
  readonly from: 'SIGINT' | 'SIGTERM';
  readonly to: 'SIGINT' | 'SIGTERM';
}

/** What an inline handler is called when it gets a name, the first that is free. */
const handlerNames = ['shutdown', 'handleShutdown', 'onShutdownSignal', 'handleShutdownSignal'];

/**
 * Registers a server's SIGINT handler for SIGTERM too. Offered where that handler is sound: the only one, known,
 * it waits for its clean-up, and the registration is a statement of its own.
 */
export function registerForSigterm(project: Project, server: McpServer, ruleId: string): Fix[] {
  return registerAlso(project, server, ruleId, { from: 'SIGINT', to: 'SIGTERM' }, true);
}

/** The other way round; a SIGTERM handler that is not sound is taken all the same, by a person who has looked at it. */
export function registerForSigint(project: Project, server: McpServer, ruleId: string): Fix[] {
  return registerAlso(project, server, ruleId, { from: 'SIGTERM', to: 'SIGINT' }, false);
}

function registerAlso(
  project: Project,
  server: McpServer,
  ruleId: string,
  pair: Pair,
  onlySound: boolean,
): Fix[] {
  // One that is only registered on another way to start is not to be registered there a second time.
  if (server.listeners.some(({ signals }) => signals.includes(pair.to))) return [];
  const listeners = server.listeners.filter(({ signals }) => signals.includes(pair.from));
  const [listener] = listeners;
  if (!listener || listeners.length > 1 || !listener.isCertain || listener.signals.length > 1) return [];
  if (onlySound && !(listener.isOrderly && letsCallsFinish(server, pair.from))) return [];
  const into = plannedFile(project, listener.path);
  const edits = into && editsFor(into.file, into.facts, listener, pair);
  if (!edits) return [];
  return [
    {
      ruleId,
      title: `Register the ${pair.from} handler for ${pair.to} too`,
      isSafe: listener.isOrderly,
      isPreferred: true,
      edits: new Map([[listener.path, edits]]),
    },
  ];
}

/** Whether nothing is known to be wrong with a handler: another signal would only make more of it. */
function letsCallsFinish(server: McpServer, signal: string): boolean {
  return server.shutdown.on(signal).every((path) => {
    const { kind } = judge(path, server);
    if (kind === 'unknown') return true;
    return kind === 'drains' && unlimited(path.view).length === 0 && isRunOnce(path);
  });
}

function editsFor(
  file: ProjectFile,
  facts: SourceFacts,
  listener: SignalListener,
  { from, to }: Pair,
): TextEdit[] | undefined {
  const { call } = listener;
  const [signal, handler] = call.args;
  const statement = statementThatIs(facts, listener.fn, call);
  if (!statement || signal?.kind !== 'literal' || !handler || call.args.length !== 2) return undefined;
  const { text } = file;
  const indent = indentationAt(text, statement.start);
  // Something else before the statement on its line: a second statement could not be put below it.
  if (indent === undefined) return undefined;
  const next = newlineOf(text) + indent;
  const name = text.slice(signal.start, signal.end).replace(from, to);
  const head = text.slice(statement.start, signal.start);
  const end = text[statement.end - 1] === ';' ? ';' : '';
  if (handler.kind !== 'function' || !text.slice(handler.start, handler.end).includes('\n')) {
    const body = text.slice(signal.end, call.end).replaceAll(from, to);
    return [insertAt(lineEndAfter(text, statement.end), `${next}${head}${name}${body}${end}`)];
  }
  const edits = nameAndRegisterTwice(text, facts, statement, { signal, handler, head, end, next, name });
  return edits && [...edits, ...takesSignal(file, facts, handler.fn, from)];
}

/** A handler that says which signal came in its own words is to say it of the other one, too. */
function takesSignal({ path, text }: ProjectFile, facts: SourceFacts, fn: number, from: string): TextEdit[] {
  const { parameters, parametersEnd, statements, body } = facts.functions[fn] ?? {};
  if (!statements || !body || parametersEnd === undefined || parameters?.length !== 0) return [];
  const isTaken = facts.bindings.some(({ name }) => name === 'signal');
  const named = namedSignal(text, body, usesOf(facts, statements).templates, 'signal');
  if (isTaken || named?.signal !== from || !named.edits) return [];
  const type = /\.[cm]?tsx?$/.test(path) ? ': NodeJS.Signals' : '';
  return [insertAt(parametersEnd, `signal${type}`), ...named.edits];
}

/** A long inline handler becomes a constant in front of two registrations; its text stays as it is. */
function nameAndRegisterTwice(
  text: string,
  facts: SourceFacts,
  statement: Statement,
  parts: { signal: Expr; handler: Expr; head: string; end: string; next: string; name: string },
): TextEdit[] | undefined {
  const { signal, handler, head, end, next, name } = parts;
  const between = text.slice(signal.end, handler.start);
  // A comment between the arguments has no place in the new form.
  if (
    between.replace(/[\s,]/g, '') !== '' ||
    text.slice(handler.end, statement.end).replace(/[\s,;)]/g, '') !== ''
  ) {
    return undefined;
  }
  const constant = freeName(facts, handlerNames) ?? 'mcpShutdownHandler';
  const register = (signalName: string) => `${next}${head.trimEnd()}${signalName}, ${constant})${end}`;
  return [
    { start: statement.start, end: handler.start, newText: `const ${constant} = ` },
    ...outdents(text, handler, statement),
    {
      start: handler.end,
      end: statement.end,
      newText: `${end}${register(text.slice(signal.start, signal.end))}${register(name)}`,
    },
  ];
}

/**
 * A handler on a line of its own stood further in than the statement that it becomes: its lines move out with it.
 * One with a template stays as it is, because white space in a template is text.
 */
function outdents(text: string, handler: Expr, statement: Statement): TextEdit[] {
  const [inner, outer] = [indentationAt(text, handler.start), indentationAt(text, statement.start)];
  const body = text.slice(handler.start, handler.end);
  if (inner === undefined || outer === undefined || !inner.startsWith(outer) || body.includes('`')) return [];
  return [...body.matchAll(/(?:\r\n|\n|\r)([ \t]*)/g)].flatMap(({ index, 0: all, 1: indent = '' }) => {
    const end = handler.start + index + all.length;
    const newText = indent.startsWith(inner) ? outer + indent.slice(inner.length) : indent;
    return newText === indent ? [] : [{ start: end - indent.length, end, newText }];
  });
}

/** The end of a statement, with the comment that follows on its line. */
function lineEndAfter(text: string, offset: number): number {
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(offset));
  return offset + (comment?.[0].length ?? 0);
}
