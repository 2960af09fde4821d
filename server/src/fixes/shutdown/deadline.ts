import type { Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf } from '../../languages/source/walk.ts';
import { defaultDrainMs } from '../../project/deployments/budgets.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { beginsBefore, isOverBefore } from '../../project/shutdown/order.ts';
import type { Step, WaitStep } from '../../project/shutdown/steps.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import type { FileEdits } from '../../text/edits.ts';
import { meansTheSame, usesOf } from '../source/scope.ts';
import { type HandlerCode, handlerCode, linesBefore, statementIn } from './handlerCode.ts';
import { firstToHang } from './hanging.ts';
import { together } from './together.ts';
import { workOf } from './work.ts';

/** What closing may take once the calls are done. */
const closingMs = 3_000;

/** A path of a server, whatever is to be said of it. */
type Followed = Pick<AssessedPath, 'path' | 'server'>;

/** A path with a step of it that may take for ever. */
export interface Endless {
  readonly one: Followed;
  readonly step: Step;
}

/**
 * Arms a timer that exits, in every handler that comes to a step that may hang, in front of the first such step.
 * @param others handlers of other signals that come there, too: they get one where that is possible
 */
export function armDeadline(
  project: Project,
  endless: readonly Endless[],
  others: readonly Endless[],
  ruleId: string,
): Fix[] {
  const timers = new Map<string, Timer>();
  for (const each of [...endless, ...others]) {
    const timer = timerFor(project, each.one, each.step);
    if (!timer && others.includes(each)) continue;
    if (!timer) return [];
    // Handlers may share the code in which it is armed: it must be long enough for each.
    const key = `${timer.code.path}:${timer.before.start}`;
    const other = timers.get(key);
    if (!other || other.delay < timer.delay) timers.set(key, timer);
  }
  const all = [...timers.values()];
  const edits = all.flatMap((timer) => editsFor(timer) ?? []);
  if (edits.length < all.length || edits.length === 0) return [];
  const seconds = [...new Set(all.map(({ delay }) => delay / 1_000))].sort((a, b) => a - b);
  // How long closing may take is for a person to say.
  const title = `Force the exit after ${seconds.join(' s or ')} s`;
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits: together(edits) }];
}

/** `undefined` where there is no room for a timer in front of the step and all that may hang before it. */
export function deadlineEdits(project: Project, one: Followed, endless: Step): FileEdits | undefined {
  const timer = timerFor(project, one, endless);
  return timer && editsFor(timer);
}

interface Place {
  readonly code: HandlerCode;
  readonly before: Statement;
}

interface Timer extends Place {
  /** In ms. */
  readonly delay: number;
  /** The call that ends the process. */
  readonly exit: string;
}

/** In the function that does the work, else in the outermost one on the way to the step in which there is room. */
function timerFor(project: Project, { path, server }: Followed, endless: Step): Timer | undefined {
  const { view } = path;
  const hanging = firstToClose(view, firstToHang(view, endless));
  const waits = view.drains.map(({ step }) => step);
  const earlier = waits.filter((step) => isOverBefore(step, hanging));
  for (const ref of [workOf(project, path), ...hanging.via, hanging.spot]) {
    const code = handlerCode(project, ref);
    for (const before of code ? placesIn(code, hanging, earlier) : []) {
      if (!code || !linesBefore(code, before, '')) continue;
      const passed = earlier.filter((step) => !statementIn(code, [before], step));
      const calls = earlier.length > 0 ? 0 : defaultDrainMs(project, server);
      const delay = delayFor(
        calls,
        waits.filter((step) => !passed.includes(step)),
      );
      if (delay === undefined) continue;
      const isHidden = code.facts.bindings.some(isShadowing);
      return isHidden ? undefined : { code, before, delay, exit: exitIn(code, view) };
    }
  }
  return undefined;
}

/** That, or the close of MCP before it: in front of that a wait for the calls may be put, and the timer sees it too. */
function firstToClose({ closesMcp }: PathView, hanging: Step): Step {
  return closesMcp.reduce<Step>((first, { step }) => (beginsBefore(step, first) ? step : first), hanging);
}

/** Statements of a function in front of which a timer would see a step: first one that leaves out what comes earlier. */
function placesIn(code: HandlerCode, hanging: Step, earlier: readonly Step[]): Statement[] {
  const { statements } = code.fn;
  const places = [
    statementBehind(code, statements, hanging, earlier),
    statementIn(code, statements, hanging),
  ];
  return places.flatMap((place) => place ?? []);
}

/** In ms; `undefined` where the calls are waited for behind the timer, for an unknown time. */
function delayFor(calls: number, behind: readonly WaitStep[]): number | undefined {
  let limits = 0;
  for (const { bound } of behind) {
    if (bound && bound.ms === undefined) return undefined;
    limits += bound?.ms ?? 0;
  }
  return Math.max(calls, limits) + closingMs;
}

/** The outermost statement with a step that does not also hold what comes earlier: that keeps the time it takes. */
function statementBehind(
  code: HandlerCode,
  block: readonly Statement[],
  hanging: Step,
  earlier: readonly Step[],
): Statement | undefined {
  const statement = statementIn(code, block, hanging);
  if (!statement || !earlier.some((step) => statementIn(code, [statement], step))) return statement;
  // In a loop it would be armed again and again.
  if (statement.kind === 'loop') return undefined;
  for (const part of partsOf(statement)) {
    const found = isBlock(part) ? statementBehind(code, part, hanging, earlier) : undefined;
    if (found) return found;
  }
  return undefined;
}

function editsFor({ code, before, delay, exit }: Timer): FileEdits | undefined {
  const template = `// If something below hangs: end before the platform kills the process.
setTimeout(() => ${exit}, ${withSeparators(delay)}).unref();`;
  const edit = linesBefore(code, before, template);
  if (!edit) return undefined;
  // In front of a paragraph it is one of its own.
  const isApart = /(^|[\r\n])[ \t]*\r?[\r\n]$/.test(code.text.slice(0, edit.start));
  const newText = edit.newText + (isApart ? code.style.newline : '');
  return new Map([[code.path, [{ ...edit, newText }]]]);
}

/** How the author's own code exits, where that can be said here: tests may have put something else in its place. */
function exitIn(code: HandlerCode, { exits }: PathView): string {
  const { text, facts, fn } = code;
  for (const { path, fn: from, expr } of exits.flatMap(({ via, spot }) => [...via, spot])) {
    const isHere = path === code.path && fn.range.start <= expr.start && expr.end <= fn.range.end;
    if (!isHere || expr.kind !== 'call' || expr.args.length !== 1 || expr.args[0]?.kind !== 'literal')
      continue;
    const written = text.slice(expr.callee.start, expr.callee.end);
    const isKnown = meansTheSame(usesOf(facts, [expr.callee]), from, { facts, fn: fn.id });
    if (/^this\.\w*[eE]xit\w*$/.test(written) && isKnown) return `${written}(1)`;
  }
  return 'process.exit(1)';
}

/** `import { setTimeout } from 'node:timers/promises'` calls nothing back. */
function isShadowing({ name, imported }: { name: string; imported: unknown }): boolean {
  return name === 'setTimeout' || (name === 'process' && imported === undefined);
}

function withSeparators(ms: number): string {
  return String(ms).replace(/\B(?=(\d{3})+$)/g, '_');
}
