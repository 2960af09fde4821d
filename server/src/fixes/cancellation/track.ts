import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import type { ToolHandler } from '../../project/tools.ts';
import type { Site } from '../../project/value.ts';
import { insertAt } from '../../text/edits.ts';
import { codeStyleOf } from '../codeStyle.ts';
import { callsIn, type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { holderOf, statementAround } from '../source/statements.ts';
import { endWithComment, indentationAt } from '../textStyle.ts';
import type { FileEdit } from './handOn.ts';
import { bindingsNamed } from './scopes.ts';

const tracker = 'trackToolCalls';

/**
 * Has the calls of a tool's server object counted, where its file has the `trackToolCalls` of an inserted shutdown
 * handler that knows nothing of this object yet: it was made later than that.
 */
export function trackedToo(tool: ToolHandler, server: McpServer, project: Project): FileEdit[] {
  const made = madeFor(tool, server);
  const into = made && plannedFile(project, made.path);
  if (!made || !into || bindingsNamed(into.facts, tracker).length === 0) return [];
  const { text } = into.file;
  const statement = statementAround(into.facts, made.fn, made.expr);
  const holder = statement && holderOf(statement, made.expr, into.facts, text);
  const indent = statement && indentationAt(text, statement.start);
  if (!holder || indent === undefined || made.expr.kind !== 'call') return [];
  const { callee } = made.expr;
  const isLowLevel = callee.kind === 'name' && callee.name === 'Server';
  const tracked = isLowLevel ? holder : `${holder}.server`;
  if (isTracked(tracked, into)) return [];
  const { newline, semicolons } = codeStyleOf(into.file.path, text, into.facts);
  const code = `${newline}${indent}${tracker}(${tracked})${semicolons ? ';' : ''}`;
  return [{ path: made.path, edit: insertAt(endWithComment(text, statement.end), code) }];
}

/** Where the server object is made that a tool is registered with. */
function madeFor({ registration }: ToolHandler, { calls }: McpServer): Site | undefined {
  if (registration?.call.callee.kind !== 'member') return undefined;
  const { object } = registration.call.callee;
  const found = calls.values.of(object, registration.path, registration.fn);
  const [value, ...others] = found;
  const isOfTheSdk = value?.kind === 'foreign' && value.module.startsWith('@modelcontextprotocol/');
  return isOfTheSdk && others.length === 0 ? value.made : undefined;
}

/** Whether anything in the file hands the object to the tracker. */
function isTracked(tracked: string, { facts, file }: PlannedFile): boolean {
  return facts.functions.some(({ id }) =>
    callsIn(facts, id).some(
      ({ callee, args: [argument] }) =>
        callee.kind === 'name' &&
        callee.name === tracker &&
        argument !== undefined &&
        file.text.slice(argument.start, argument.end) === tracked,
    ),
  );
}
