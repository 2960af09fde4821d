import type { Fix } from '../../engine/types.ts';
import type { FunctionFact, SourceFacts } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { UncancelledCall, UncancelledTool } from '../../project/tools/cancellation.ts';
import type { TextEdit } from '../../text/edits.ts';

/** Gives the signal of a tool call to the calls in the handler's own text that take one. */
export function passSignal(project: Project, { tool, calls }: UncancelledTool, ruleId: string): Fix[] {
  const file = project.files.get(tool.path);
  if (file?.facts.language !== 'source' || file.facts.source.hasSyntaxErrors || !tool.cancellation) return [];
  const facts = file.facts.source;
  const handler = facts.functions[tool.fn];
  // What a wrapper hands on is not known.
  if (!handler || tool.registration?.call.args.at(-1)?.kind === 'call') return [];
  const taken = takeSignal(file.text, facts, handler, tool.cancellation);
  if (!taken) return [];
  const passed = calls
    .filter(({ path, fn }) => path === tool.path && isWithin(facts, fn, tool.fn))
    .flatMap((found) => passTo(found, file.text, taken.signal));
  if (passed.length === 0) return [];
  return [
    {
      ruleId,
      title: 'Pass the signal of the call on',
      isSafe: false,
      isPreferred: true,
      edits: new Map([[tool.path, [...taken.edits, ...passed]]]),
    },
  ];
}

interface Taken {
  readonly edits: readonly TextEdit[];
  /** The expression by which the handler has the signal. */
  readonly signal: string;
}

/** How the handler comes by the signal: by an argument that it has, or one that is added. */
function takeSignal(
  text: string,
  facts: SourceFacts,
  handler: FunctionFact,
  { parameter, property }: { parameter: number; property: string },
): Taken | undefined {
  const own = handler.parameters[parameter];
  if (own) {
    const [binding, ...others] = own.bindings;
    const isPlain = others.length === 0 && own.parts[0]?.length === 0;
    const name = binding === undefined ? undefined : facts.bindings[binding]?.name;
    if (isPlain && name) return { edits: [], signal: `${name}.${property}` };
    return property === 'signal' ? intoPattern(text, facts, own.bindings) : undefined;
  }
  // Where the list of parameters ends is known of arrow functions without a written type of their result.
  const head = text.slice(handler.range.start, handler.body.start);
  const end = /(\([\s\S]*?)(,?\s*)\)\s*=>\s*$/.exec(head);
  if (!handler.isArrow || !end || handler.parameters.length < parameter - 1) return undefined;
  const at = handler.range.start + end.index + (end[1]?.length ?? 0);
  const missing = handler.parameters.length < parameter ? ['_args'] : [];
  const added = [...missing, property === 'signal' ? '{ signal }' : 'ctx'].join(', ');
  const newText = handler.parameters.length > 0 ? `, ${added}` : added;
  return {
    edits: [{ start: at, end: at, newText }],
    signal: property === 'signal' ? 'signal' : `ctx.${property}`,
  };
}

/** `{ sendNotification }` becomes `{ sendNotification, signal }`. */
function intoPattern(text: string, facts: SourceFacts, bindings: readonly number[]): Taken | undefined {
  const last = bindings.at(-1);
  const end = last === undefined ? undefined : facts.bindings[last]?.range.end;
  if (end === undefined || !/^\s*,?\s*\}/.test(text.slice(end))) return undefined;
  return { edits: [{ start: end, end, newText: ', signal' }], signal: 'signal' };
}

function passTo({ call, cancellable }: UncancelledCall, text: string, signal: string): TextEdit[] {
  const { signal: index, option = 'signal', isCallback } = cancellable;
  // What emits events tells of the abort by an `error` event, which nothing may listen to.
  if (index === 'race' || isCallback) return [];
  const property = signal === option ? signal : `${option}: ${signal}`;
  const holder = call.args[index];
  if (holder?.kind === 'object') {
    const start = holder.start + 1;
    const isEmpty = holder.properties.length === 0;
    return [
      { start, end: isEmpty ? holder.end - 1 : start, newText: isEmpty ? ` ${property} ` : ` ${property},` },
    ];
  }
  const last = call.args.at(-1);
  if (holder || !last || call.args.length !== index) return [];
  // A comma may stand behind the last argument already.
  const isFollowed = /^\s*,/.test(text.slice(last.end));
  return isFollowed ? [] : [{ start: last.end, end: last.end, newText: `, { ${property} }` }];
}

function isWithin(facts: SourceFacts, fn: number, outer: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) if (at.id === outer) return true;
  return false;
}
