import type { Fix } from '../../engine/types.ts';
import type { Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { exitWithoutWait } from '../../project/shutdown/competition.ts';
import { isCertain } from '../../project/shutdown/order.ts';
import type { SignalListener } from '../../project/signals.ts';
import { functionKey } from '../../project/value.ts';
import type { FileEdits } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { removals } from '../handler/replaced/removal.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { registerForSigint } from '../source/registerForSigterm.ts';
import { placeOf, statementThatIs } from '../source/statements.ts';
import { functionCode, type HandlerCode } from './handlerCode.ts';
import { together } from './together.ts';
import { isOnlyListener } from './waitPlace.ts';

/**
 * Leaves the exit to another handler: takes it out of one that runs on no signal but those on which another one waits
 * and then exits. A handler that does nothing else goes as a whole.
 */
export function leaveExit(project: Project, one: AssessedPath, ruleId: string): Fix[] {
  const { handler, view } = one.path;
  const exit = exitWithoutWait(view);
  const code = functionCode(project, handler);
  if (!exit || !code || functionKey(exit.spot) !== functionKey(handler) || !isOnlyListener(code)) return [];
  const listeners = one.server.listeners.filter((each) => each.handlers.some(isSame(handler)));
  if (!listeners.every((listener) => isEndedByAnother(listener, one))) return [];
  const lines = withoutExit(code, exit.spot.expr);
  const own = lines ? new Map([[code.path, lines]]) : withoutHandler(project, code, listeners);
  if (!own) return [];
  const title = lines ? 'Leave the exit to the other handler' : 'Remove this handler';
  // Now that SIGTERM has one handler that waits, Ctrl+C is to run it, too.
  const others = {
    ...one.server,
    listeners: one.server.listeners.filter((each) => !listeners.includes(each)),
  };
  const [both] = registerForSigint(project, others, ruleId);
  const edits = (both && together([own, both.edits])) ?? own;
  // That the process ends is the other handler's business then: a person looks at it first.
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits }];
}

function isSame(one: AssessedPath['path']['handler']) {
  return (other: AssessedPath['path']['handler']) => functionKey(one) === functionKey(other);
}

/** Whether on every signal of a listener, in every start, another handler comes to an exit behind what it waits for. */
function isEndedByAnother({ signals, isCertain: isKnown }: SignalListener, { path, server }: AssessedPath) {
  const { shutdown } = server;
  return (
    isKnown &&
    signals.every((signal) =>
      shutdown.on(signal).some(({ listener, handler, view }) => {
        const isOther = !isSame(path.handler)(handler) && shutdown.startup.alwaysIncludes(listener);
        return (
          isOther && !exitWithoutWait(view) && view.exits.some((exit) => !exit.isOnError && isCertain(exit))
        );
      }),
    )
  );
}

/** Takes the exit out of a handler that does more than that; `undefined` where it does not, or something follows. */
function withoutExit({ text, facts, fn }: HandlerCode, exit: Expr) {
  const statement = statementThatIs(facts, fn.id, exit);
  if (!statement || fn.statements.length < 2 || fn.statements.at(-1) !== statement) return undefined;
  return removed(text, [statement]);
}

/** Takes out the registrations of a handler that is written there; `undefined` where one is part of something else. */
function withoutHandler(
  project: Project,
  { fn }: HandlerCode,
  listeners: readonly SignalListener[],
): FileEdits | undefined {
  const edits = listeners.map(({ path, fn: around, call }) => {
    const into = plannedFile(project, path);
    const isWritten = call.args.some((arg) => arg.kind === 'function' && arg.fn === fn.id);
    const statement = into && statementThatIs(into.facts, around, call);
    if (!statement || !isWritten || fn.statements.length > 1) return undefined;
    const isAlone = placeOf(into.facts, around, statement)?.around === undefined;
    return isAlone ? ([path, removed(into.file.text, [statement])] as const) : undefined;
  });
  return edits.length === 1 && edits[0] ? new Map([edits[0]]) : undefined;
}

function removed(text: string, ranges: readonly Range[]) {
  return removals(text, ranges).map((range) => ({ ...range, newText: '' }));
}
