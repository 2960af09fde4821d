import type { Binding, Expr, FunctionFact, Parameter, SourceFacts } from '../../languages/source/facts.ts';
import type { CallExpr, Program } from '../../project/program.ts';
import type { ToolHandler } from '../../project/tools.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { bindingsNamed, isWithin } from './scopes.ts';

/** How a handler comes by the signal of the call. */
export interface TakenSignal {
  readonly edits: readonly TextEdit[];
  /** The expression by which it has the signal. */
  readonly signal: string;
}

/**
 * The handler's signal: by an argument that it has, or one that is added; `undefined` where its parameters have a
 * shape that cannot take one.
 * @param isNamed whether an added argument gets a name of its own, so that `signal` stays free for another
 */
export function takeSignal(
  into: PlannedFile,
  tool: ToolHandler,
  program: Program,
  isNamed: boolean,
): TakenSignal | undefined {
  const { facts } = into;
  const handler = facts.functions[tool.fn];
  if (!handler || !tool.cancellation || handler.parameters.some(({ isRest }) => isRest)) return undefined;
  const { parameter, property } = tool.cancellation;
  const own = handler.parameters[parameter];
  if (!own) return added(into, handler, tool, program, isNamed);
  const [binding] = own.bindings;
  if (own.parts.length === 1 && own.parts[0]?.length === 0 && binding !== undefined) {
    return { edits: [], signal: `${facts.bindings[binding]?.name}.${property}` };
  }
  return property === 'signal'
    ? outOf(into, own, handler, ['signal'])
    : outOf(into, own, handler, ['mcpReq', 'signal']);
}

/** Out of a parameter that is taken apart: `{ sendNotification }` becomes `{ sendNotification, signal }`. */
function outOf(
  { file: { text }, facts }: PlannedFile,
  own: Parameter,
  handler: FunctionFact,
  way: readonly string[],
): TakenSignal | undefined {
  const steps = own.parts.map((part) => part.map((step) => (step.kind === 'property' ? step.name : '...')));
  for (const [index, step] of steps.entries()) {
    const name = facts.bindings[own.bindings[index] ?? -1]?.name;
    const isOnTheWay = step.length > 0 && step.every((part, at) => part === way[at]);
    if (name && isOnTheWay) return { edits: [], signal: [name, ...way.slice(step.length)].join('.') };
  }
  const last = facts.bindings[own.bindings.at(-1) ?? -1];
  const [name = ''] = way;
  // Behind a rest, a default or a pattern inside the pattern nothing can be written unseen.
  if (!last || steps.at(-1)?.length !== 1 || steps.at(-1)?.[0] === '...') return undefined;
  if (!/^\s*,?\s*\}/.test(text.slice(last.range.end)) || isTaken(facts, handler, name)) return undefined;
  return { edits: [insertAt(last.range.end, `, ${name}`)], signal: way.join('.') };
}

/** By an argument behind the others. */
function added(
  into: PlannedFile,
  handler: FunctionFact,
  tool: ToolHandler,
  program: Program,
  isNamed: boolean,
): TakenSignal | undefined {
  const { file, facts } = into;
  if (!tool.cancellation) return undefined;
  const { parameter, property } = tool.cancellation;
  const isV2 = property !== 'signal';
  const place = standing(tool, handler, facts, program);
  const isTypeScript = /\.[cm]?tsx?$/i.test(file.path);
  const isTyped = isTypeScript && place !== 'in place';
  const isOptional = place === 'shared';
  const name = freeName(facts, handler, isV2 ? ['ctx', 'toolCtx'] : ['extra', 'toolExtra']);
  if (!name) return undefined;
  const isPattern = !isV2 && !isNamed && !isOptional && !isTaken(facts, handler, 'signal');
  const type = isV2 ? '{ mcpReq: { signal: AbortSignal } }' : '{ signal: AbortSignal }';
  const written = isPattern ? '{ signal }' : name;
  const typed = isTyped ? `${written}${isOptional ? '?' : ''}: ${type}` : written;
  const missing = parameter - handler.parameters.length;
  if (missing > 1) return undefined;
  const fillers = missing === 1 ? [isTyped ? '_args: unknown' : '_args'] : [];
  const edits = addParameter(file.text, handler, [...fillers, typed].join(', '));
  const from = isOptional ? `${name}?.${property}` : `${name}.${property}`;
  return edits && { edits, signal: isPattern ? 'signal' : from };
}

/**
 * How a handler stands to its registration: written `in place`, where its parameters get their types; somewhere else,
 * only for it (`own`); or `shared` with callers, or a list of tools, that may pass no such argument.
 */
function standing(
  tool: ToolHandler,
  handler: FunctionFact,
  facts: SourceFacts,
  program: Program,
): 'in place' | 'own' | 'shared' {
  const { registration } = tool;
  const written = registration?.path === tool.path ? handlerExprOf(registration.call) : undefined;
  const isInPlace = written?.kind === 'function' && written.fn === tool.fn;
  if (isInPlace) return 'in place';
  const isMethod = handler.ownerClass >= 0;
  const isDeclared = facts.bindings.some(
    ({ kind, owner, values }) =>
      (kind === 'function' || kind === 'const') &&
      owner === handler.parent &&
      values.some(({ expr }) => expr.kind === 'function' && expr.fn === tool.fn),
  );
  return (isDeclared || isMethod) && program.callsNamed(handler.name).length === 0 ? 'own' : 'shared';
}

/** What a registration has as its handler: its last argument, or what an object there says is run. */
export function handlerExprOf({ args }: CallExpr): Expr | undefined {
  const last = args.at(-1);
  if (last?.kind !== 'object') return last;
  return last.properties.find(({ key }) => key === 'execute')?.value;
}

/** Writes a parameter behind those of a function. */
export function addParameter(
  text: string,
  { parametersEnd, parameters }: FunctionFact,
  parameter: string,
): TextEdit[] | undefined {
  const behind = text.slice(parametersEnd);
  const isClosed = /^(\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*\)/.test(behind);
  if (isClosed) {
    if (parameters.length === 0) return [insertAt(parametersEnd, parameter)];
    return [insertAt(parametersEnd, inList(text, parametersEnd, [parameter]))];
  }
  // `args => ...` has no parentheses yet.
  const bare = /([\w$]+)$/.exec(text.slice(0, parametersEnd))?.[1];
  if (parameters.length !== 1 || !bare || !/^\s*=>/.test(behind)) return undefined;
  return [insertAt(parametersEnd - bare.length, '('), insertAt(parametersEnd, `, ${parameter})`)];
}

/**
 * What is written behind the last item of a list, or the comma behind that, to add more: lines of their own where
 * the closing parenthesis has one.
 */
export function inList(text: string, at: number, items: readonly string[]): string {
  const lineBreak = /^[ \t]*(\r?\n)/.exec(text.slice(at))?.[1];
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
  const between = lineBreak === undefined ? ' ' : lineBreak + indent;
  const list = items.join(`,${between}`);
  return text[at - 1] === ',' ? `${between}${list},` : `,${between}${list}`;
}

function freeName(facts: SourceFacts, handler: FunctionFact, names: readonly string[]): string | undefined {
  return names.find((name) => !isTaken(facts, handler, name));
}

/** Whether a name means something in or around a function already. */
function isTaken(facts: SourceFacts, handler: FunctionFact, name: string): boolean {
  return bindingsNamed(facts, name).some(
    ({ owner }: Binding) => isWithin(facts, owner, handler.id) || isWithin(facts, handler.id, owner),
  );
}
