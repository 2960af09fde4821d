import type { Fix } from '../../engine/types.ts';
import type { Binding, Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import type { RepeatedListeners } from '../../project/tools/repeated.ts';
import { requestHandlers } from '../../project/tools/requests.ts';
import { functionKey } from '../../project/value.ts';
import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { meansTheSame, usesOf } from '../source/scope.ts';
import { statementAround, statementThatIs } from '../source/statements.ts';
import { indentationAt } from '../textStyle.ts';
import { functionCode, type HandlerCode } from './handlerCode.ts';
import { linesEnd, linesStart } from './moveLines.ts';

/** Code that moves: a statement, or a function that is declared. */
type Moved = Statement | Extract<Expr, { kind: 'function' }>;

/** Where a server starts to serve. */
interface StartPlace {
  readonly fn: number;
  readonly statement: Statement;
}

/**
 * Moves the registrations that requests repeat, and the functions that only they use, in front of the statement that
 * starts the server. Offered where that statement stands in the same file and all that is moved means the same there.
 */
export function registerOnce(
  project: Project,
  server: McpServer,
  { listeners }: RepeatedListeners,
  ruleId: string,
): Fix[] {
  const [first] = listeners;
  const code = first && functionCode(project, first);
  const place = code && startIn(code, server);
  const own = code && listeners.map(({ call }) => statementThatIs(code.facts, code.fn.id, call));
  const statements = own?.flatMap((statement) => statement ?? []) ?? [];
  const isPlain = statements.every((statement) => code?.fn.statements.includes(statement));
  if (!code || !place || statements.length < listeners.length || !isPlain) return [];
  const moved = withHelpers(code, statements);
  const edits = moved && canStandAt(code, moved, place) ? moveTo(code, moved, place.statement) : undefined;
  if (!edits) return [];
  return [
    {
      ruleId,
      title: 'Register it once, where the server starts',
      isSafe: true,
      isPreferred: true,
      edits: new Map([[code.path, edits]]),
    },
  ];
}

/** The statement of a function outside of requests that opens the port, or the stdio transport where there is a choice. */
function startIn({ path, facts }: HandlerCode, server: McpServer): StartPlace | undefined {
  const starts = server.starts.filter(({ kind, transport }) => kind === 'listen' || transport === 'stdio');
  const [first] = starts;
  const onRequests = server.calls.reach(requestHandlers(server).map(({ ref }) => ref));
  const isKnown = starts.every(
    (start) => start.path === path && start.fn === first?.fn && !onRequests.has(functionKey(start)),
  );
  if (!first || !isKnown) return undefined;
  const block = facts.functions[first.fn]?.statements ?? [];
  const spots = starts.flatMap(({ call }) => statementAround(facts, first.fn, call) ?? []);
  const statement = firstOf(block, spots);
  return statement && { fn: first.fn, statement };
}

/** In the innermost block that holds all of some statements: the first one that holds any of them. */
function firstOf(block: readonly Statement[], spots: readonly Range[]): Statement | undefined {
  const holds = (outer: Range) => spots.filter((spot) => outer.start <= spot.start && spot.end <= outer.end);
  const first = block.find((statement) => holds(statement).length > 0);
  if (!first || holds(first).length < spots.length || first.kind === 'loop') return first;
  for (const part of partsOf(first)) {
    const isAll =
      isBlock(part) && part.reduce((count, each) => count + holds(each).length, 0) === spots.length;
    if (isAll) return firstOf(part, spots);
  }
  return first;
}

/** The statements with the functions of the same block that nothing else uses, in the order of the text. */
function withHelpers({ facts, fn }: HandlerCode, statements: readonly Statement[]): Moved[] | undefined {
  const moved: Moved[] = [...statements];
  for (let grown = true; grown; ) {
    grown = false;
    for (const { binding } of usesOf(facts, moved).names) {
      const own = facts.bindings[binding];
      if (own?.owner !== fn.id) continue;
      const helper = helperOf(own, fn.statements);
      if (!helper) return undefined;
      moved.push(helper);
      grown = true;
      break;
    }
  }
  return moved.sort((a, b) => a.start - b.start);
}

function helperOf({ id, kind, values }: Binding, block: readonly Statement[]): Moved | undefined {
  const declared = block.find((each) => each.kind === 'declare' && each.bindings.includes(id));
  if (declared?.kind === 'declare')
    return declared.bindings.length === 1 && kind === 'const' && declared.init?.kind === 'function'
      ? declared
      : undefined;
  const value = values[0]?.expr;
  return kind === 'function' && values.length === 1 && value?.kind === 'function' ? value : undefined;
}

/** Whether what moves means the same at the place, and what stays does not need it. */
function canStandAt({ facts, fn }: HandlerCode, moved: readonly Moved[], { fn: to }: StartPlace): boolean {
  const uses = usesOf(facts, moved);
  if (uses.usesThis || !meansTheSame(uses, fn.id, { facts, fn: to })) return false;
  const isMoved = ({ start, end }: Range) => moved.some((each) => each.start <= start && end <= each.end);
  const declared = facts.bindings.filter(({ owner, range }) => owner === fn.id && isMoved(range));
  const ids = new Set(declared.map(({ id }) => id));
  if (namesIn(facts).some((name) => ids.has(name.binding) && !isMoved(name))) return false;
  // Neither may a name of the new place hide one that is used, nor one that moves hide one of the new place.
  const names = new Map(uses.names.map(({ name, binding }) => [name, binding]));
  for (const { name, id } of declared) names.set(name, id);
  return facts.bindings.every(
    ({ name, id, range }) => !names.has(name) || names.get(name) === id || isMoved(range),
  );
}

function namesIn({ functions }: SourceFacts) {
  const names: Extract<Expr, { kind: 'name' }>[] = [];
  for (const { statements } of functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind === 'name') names.push(expr);
    });
  }
  return names;
}

function moveTo(code: HandlerCode, moved: readonly Moved[], target: Statement): TextEdit[] | undefined {
  const { text, style } = code;
  const to = linesStart(code, target);
  const indent = indentationAt(text, target.start);
  const blocks = moved.map((part) => cutOut(code, part, indent ?? ''));
  if (to === undefined || indent === undefined || blocks.includes(undefined)) return undefined;
  const all = blocks.flatMap((block) => block ?? []);
  const lines = all.map(({ lines, isApart }) => (isApart ? style.newline : '') + lines).join('');
  // Apart from what is above, unless a block begins there.
  const above = /(\{|[\r\n])[ \t]*\r?[\r\n]$|^$/.test(text.slice(0, to)) ? '' : style.newline;
  return [
    { start: to, end: to, newText: above + lines.replace(/^[\r\n]+/, '') + style.newline },
    ...all.map(({ start, end }) => ({ start, end, newText: '' })),
  ];
}

interface CutOut extends Range {
  readonly lines: string;
  /** There is an empty line above it. */
  readonly isApart: boolean;
}

/** The lines of a part with the comments above it, as they stand at another indentation. */
function cutOut(code: HandlerCode, part: Moved, indent: string): CutOut | undefined {
  const { text, facts } = code;
  const [start, end] = [linesStart(code, part), linesEnd(code, part)];
  const own = indentationAt(text, part.start);
  if (start === undefined || end === undefined || own === undefined) return undefined;
  // White space in a template is text.
  if (usesOf(facts, [part]).templates.some((range) => /[\r\n]/.test(text.slice(range.start, range.end))))
    return undefined;
  const lines = text.slice(start, end).replaceAll(new RegExp(`^${own}`, 'gm'), indent);
  const [above = ''] = /(?<=\n)(?:[ \t]*\r?\n)?$/.exec(text.slice(0, start)) ?? [];
  return { start: start - above.length, end, lines, isApart: above !== '' };
}
