import { walkExpression, walkStatements } from '../../../languages/source/walk.ts';
import type { CertainCalls } from '../../../project/certainCalls.ts';
import { isExit } from '../../../project/syncPath.ts';
import type { FunctionRef } from '../../../project/value.ts';
import { codeStyleOf } from '../../codeStyle.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import type { Step } from '../places/resources.ts';
import type { ServingPlace } from '../places/serving.ts';
import type { Part } from './body.ts';
import type { KeptComments } from './comments.ts';
import { exitsFrom } from './endings.ts';
import { type KeptCode, keptCode, nameOf } from './kept.ts';
import type { OldListener } from './registration.ts';

type CommentsByFile = (into: PlannedFile) => KeptComments;

/** Lines of the old handlers in the new one, as they were written. */
export interface AroundTheDrain {
  /** When the signal comes. */
  readonly first: readonly string[];
  /** Before the exit. */
  readonly last: readonly string[];
  /** Bindings of the main file that they name. */
  readonly bindings: readonly number[];
  /** One of them names the signal, as `cause`. */
  readonly namesCause: boolean;
}

/** Logs and flags before the first step, and logs behind the last; `undefined` where one cannot be moved. */
export function linesAround(
  old: readonly OldListener[],
  [main]: readonly ServingPlace[],
  unused: ReadonlySet<number>,
  isStdio: boolean,
  comments: CommentsByFile,
): AroundTheDrain | undefined {
  const found = { first: [] as string[], last: [] as string[] };
  const all: (KeptCode & { readonly of: OldListener; readonly to: string[] })[] = [];
  for (const each of old) {
    const { before, after } = split(each.body.parts);
    for (const [parts, lines] of [
      [before, found.first],
      [after, found.last],
    ] as const) {
      for (const part of parts) {
        if (part.kind === 'flag' && unused.has(part.binding)) continue;
        const kept = keptCode(part, each.body, each.into, undefined, isStdio, comments(each.into));
        if (!kept || (kept.bindings.length > 0 && each.into.file !== main?.into.file)) return undefined;
        all.push({ ...kept, of: each, to: lines });
      }
    }
  }
  for (const kept of all) {
    const own = kept.named ? forItsSignal(kept, kept.named, all, old.length) : kept.lines;
    // What each handler says of its own signal is said once.
    const isSaid = kept.named !== undefined && own.every((line) => kept.to.includes(line));
    if (!isSaid) kept.to.push(...kept.comments, ...own);
  }
  const bindings = all.flatMap((kept) => kept.bindings);
  return { ...found, bindings, namesCause: all.some(({ namesCause, named }) => namesCause || named) };
}

/** A line that names a signal: with the name of the one that came, where all handlers say the same of theirs, else for that one. */
function forItsSignal(
  { lines, of }: KeptCode & { readonly of: OldListener },
  { signal, lines: general }: NonNullable<KeptCode['named']>,
  all: readonly (KeptCode & { readonly of: OldListener })[],
  handlers: number,
): readonly string[] {
  const same = all.filter(({ named }) => named?.lines?.join('\n') === general?.join('\n'));
  if (general && new Set(same.map((kept) => kept.of)).size === handlers) return general;
  const { file, facts } = of.into;
  const { quote } = codeStyleOf(file.path, file.text, facts);
  const [first, ...others] = lines;
  return [`if (cause === ${quote}${signal}${quote}) ${first}`, ...others];
}

/** What comes before the first step, the steps, and what comes behind the last. */
function split(parts: readonly Part[]) {
  const isStep = ({ kind }: Part) => kind === 'call' || kind === 'block';
  const [first, last] = [parts.findIndex(isStep), parts.findLastIndex(isStep)];
  if (first < 0) return { before: parts, steps: [], after: [] };
  return { before: parts.slice(0, first), steps: parts.slice(first, last + 1), after: parts.slice(last + 1) };
}

/**
 * The steps, for a place of registration; `undefined` where one of them would not mean the same there.
 * @param common the handlers of all places: what they log before and after the steps stands around the drain
 */
export function keptSteps(
  old: readonly OldListener[],
  common: readonly OldListener[],
  place: ServingPlace,
  unused: ReadonlySet<number>,
  calls: CertainCalls,
  isStdio: boolean,
  comments: CommentsByFile,
): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const each of old) {
    const parts = each.body.parts.filter((part) => part.kind !== 'flag' || !unused.has(part.binding));
    const own = common.includes(each) ? split(parts).steps : parts;
    if (own.length > 0 && each.into.file !== place.into.file) return undefined;
    let log: string[] = [];
    const before = steps.length;
    for (const part of own) {
      const kept = keptCode(part, each.body, each.into, place.statement.start, isStdio, comments(each.into));
      if (!kept || part.kind === 'flag' || endsProcess(part, each, calls)) return undefined;
      // A variable is for what follows: they would have to stay together.
      if (part.kind === 'block' && part.statement.kind === 'declare') return undefined;
      if (part.kind === 'log') {
        log.push(...kept.comments, ...kept.lines);
        continue;
      }
      steps.push(step(part, kept, log));
      log = [];
    }
    const last = log.length > 0 && steps.length > before ? steps.pop() : undefined;
    if (last) steps.push({ ...last, run: '', lines: [...awaited(last), ...log] });
    else if (log.length > 0) steps.push({ what: 'log', run: '', lines: log, imports: [] });
  }
  const distinct = new Map<string, Step>();
  for (const each of steps) {
    const key = JSON.stringify([each.run, each.lines]);
    const own = [...(distinct.get(key)?.comments ?? []), ...(each.comments ?? [])];
    distinct.set(key, { ...each, comments: [...new Set(own)] });
  }
  return [...distinct.values()];
}

/** The lines of a step that is to go on. */
function awaited({ run, lines }: Step): readonly string[] {
  return lines?.map((line) => line.replace(/^return /, 'await ')) ?? [`await ${run};`];
}

function step(part: Part, { comments, lines }: KeptCode, log: readonly string[]): Step {
  const what = nameOf(part);
  const [only = ''] = lines;
  const isShort = part.kind === 'call' && lines.length === 1 && log.length === 0;
  if (isShort) return { what, run: only, comments, imports: [] };
  const whole = part.kind === 'call' ? `return ${lines.join('\n')};`.split('\n') : lines;
  return { what, run: '', lines: [...log, ...comments, ...whole], imports: [] };
}

/** The functions of the project that run with a part, those written inside it too. */
function functionsIn(
  part: Part,
  { into }: OldListener,
  calls: CertainCalls,
): { exits: boolean; refs: FunctionRef[] } {
  const { path } = into.file;
  const refs: FunctionRef[] = [];
  let exits = false;
  const visit = (fn: number) => (expr: Parameters<Parameters<typeof walkExpression>[1]>[0]) => {
    if (expr.kind === 'function')
      walkStatements(into.facts.functions[expr.fn]?.statements ?? [], visit(expr.fn));
    if (expr.kind !== 'call') return;
    exits ||= [expr.callee, ...expr.args].some((each) => calls.values.of(each, path, fn).some(isExit));
    refs.push(...calls.functions(expr.callee, path, fn));
  };
  if (part.kind === 'call') walkExpression(part.call, visit(part.fn));
  else walkStatements([part.statement], visit(part.fn));
  return { exits, refs };
}

function endsProcess(part: Part, old: OldListener, calls: CertainCalls): boolean {
  const { exits, refs } = functionsIn(part, old, calls);
  return exits || exitsFrom(refs, calls);
}

/** What the functions that the steps call do in turn, as it is written there: `pool.end`. */
export function calledFunctions(old: readonly OldListener[], calls: CertainCalls): ReadonlySet<string> {
  const refs = old.flatMap((each) =>
    each.body.parts.flatMap((part) =>
      part.kind === 'call' || part.kind === 'block' ? functionsIn(part, each, calls).refs : [],
    ),
  );
  return namesCalled(refs, calls);
}

/** What functions and those that they lead to call, as it is written there: `pool.end`. */
export function namesCalled(refs: readonly FunctionRef[], calls: CertainCalls): ReadonlySet<string> {
  return new Set(
    [...calls.reach(refs).values()].flatMap(({ ref }) =>
      calls.program.callsIn(ref.path, ref.fn).flatMap(({ callee }) => {
        const names: string[] = [];
        for (let at = callee; ; at = at.object) {
          if (at.kind === 'name') return [[at.name, ...names].join('.')];
          if (at.kind !== 'member') return [];
          names.unshift(at.property);
        }
      }),
    ),
  );
}
