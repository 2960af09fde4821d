import type { Fix } from '../../engine/types.ts';
import type { Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { takesTime } from '../../project/shutdown/judgement.ts';
import { isOverBefore } from '../../project/shutdown/order.ts';
import type { ShutdownPath } from '../../project/shutdown/paths.ts';
import type { FileEdits } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { codeStyleOf, inStyle, linesAsWritten } from '../codeStyle.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { registerForSigint } from '../source/registerForSigterm.ts';
import { lineStart } from '../textStyle.ts';
import { callsFinishedEdits } from './callsFinished.ts';
import { countedFor } from './drainNeeds.ts';
import { functionCode, type HandlerCode, handlerCode, linesAtTop } from './handlerCode.ts';
import { endOfBlock } from './moveLines.ts';
import { together } from './together.ts';
import { waitEdits } from './waitForCalls.ts';
import { isOnlyListener } from './waitPlace.ts';

/** Has a handler that never exits do so when all that it does is done, the calls in flight included. */
export function exitWhenDone(project: Project, one: AssessedPath, ruleId: string): Fix[] {
  const edits = exitEdits(project, one);
  if (!edits) return [];
  // Whether something else was to go on is for a person to say.
  return [{ ruleId, title: 'Exit when the cleanup is done', isSafe: false, isPreferred: true, edits }];
}

/** The edits of that; `undefined` where something is not waited for that the exit would cut off. */
export function exitEdits(project: Project, one: AssessedPath): FileEdits | undefined {
  const { path } = one;
  if (path.view.cleanups.some((action) => takesTime(action) && !action.step.isAwaited)) return undefined;
  const code = handlerCode(project, path.handler);
  if (!code || !isOnlyListener(code)) return aroundCalls(project, one);
  const exit = exitAtEnd(code);
  const wait = letsCallsFinish(path) ? new Map() : waitEdits(project, [{ one, step: undefined }]);
  // Now that it is worth it, Ctrl+C is to run the handler, too.
  const [both] = registerForSigint(project, one.server, '');
  return exit && wait && together([wait, exit, both?.edits ?? new Map()]);
}

/** Whether the path waits for calls already, before it closes anything of theirs. */
function letsCallsFinish({ view }: ShutdownPath): boolean {
  return view.drains.some(
    ({ subject, step }) =>
      subject.kind !== 'nothing' && view.closesMcp.every((close) => isOverBefore(step, close.step)),
  );
}

function exitAtEnd(code: HandlerCode): FileEdits | undefined {
  if (code.facts.bindings.some(({ name, imported }) => name === 'process' && imported === undefined))
    return undefined;
  const end = endOfBlock(code);
  const exit = 'process.exit(0);';
  const edit = end
    ? {
        start: end.offset,
        end: end.offset,
        newText: inStyle(exit, code.style, end.indent) + code.style.newline,
      }
    : code.fn.statements.length === 0
      ? linesAtTop(code, exit)
      : undefined;
  return edit && new Map([[code.path, [edit]]]);
}

/**
 * `process.on('SIGTERM', cleanup)` where others call `cleanup` too and go on, or `() => cleanup()`: only what the signals
 * run waits and exits. The same for every handler of SIGTERM and SIGINT in the file that does not exit.
 */
function aroundCalls(project: Project, one: AssessedPath): FileEdits | undefined {
  const { path, server } = one;
  const main = plannedFile(project, path.listener.path);
  const counted = letsCallsFinish(path) ? undefined : countedFor(project, [{ one, step: undefined }]);
  const paths = ['SIGTERM', 'SIGINT'].flatMap((signal) => server.shutdown.on(signal));
  const listeners = paths.flatMap(({ listener: { path: file, call }, view }) =>
    file === path.listener.path && view.exits.length + view.deadlines.length === 0
      ? (call.args[1] ?? [])
      : [],
  );
  const bodies = new Map(
    listeners.map((listener) => [listener, main && aroundListener(project, listener, path, main)]),
  );
  if (!main || !counted || [...bodies.values()].includes(undefined)) return undefined;
  return callsFinishedEdits(project, counted, {
    main,
    isGuard: true,
    calls: (line) =>
      [...bodies].flatMap(([listener, write]) =>
        write ? { into: main, at: { replace: listener }, code: write(line) } : [],
      ),
  });
}

/** Writes a listener that waits, runs the given one and exits; `undefined` for one with a block of its own. */
function aroundListener(
  project: Project,
  listener: Expr,
  { handler }: ShutdownPath,
  { file, facts }: PlannedFile,
): ((wait: string) => string) | undefined {
  const fn = listener.kind === 'function' ? facts.functions[listener.fn] : undefined;
  const named = listener.kind === 'name' ? functionCode(project, handler)?.fn : undefined;
  if ((!fn && !named) || (fn && file.text[fn.body.start] === '{')) return undefined;
  const textOf = ({ start, end }: Range) => file.text.slice(start, end);
  const signal = named && named.parameters.length > 0 ? 'signal' : '';
  const head = fn
    ? `${fn.isAsync ? '' : 'async '}${textOf({ start: listener.start, end: fn.body.start }).trimEnd()}`
    : `async (${signal}) =>`;
  const call = fn ? textOf(fn.body).replace(/^void\s+/, '') : `${textOf(listener)}(${signal})`;
  const style = codeStyleOf(file.path, file.text, facts);
  const outer = /^[ \t]*/.exec(file.text.slice(lineStart(file.text, listener.start)))?.[0] ?? '';
  return (wait) =>
    [
      `»${head} {`,
      linesAsWritten(
        `${wait}\n»await ${call}${style.semicolons ? ';' : ''}\nprocess.exit(0);`,
        style,
        outer + style.indent,
      ),
      `»${outer}}`,
    ].join('\n');
}
