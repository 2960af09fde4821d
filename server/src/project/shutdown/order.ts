import type { Branch, Line, Step } from './steps.ts';

/** A place on the way from the handler's own line to a step: how far its line, and those around it, have come. */
type Position = readonly { readonly line: Line; readonly index: number }[];

/** The handler's own line first. */
function positionOf(step: Step): Position {
  const position: { line: Line; index: number }[] = [{ line: step.line, index: step.index }];
  for (let at: Line | undefined = step.line; at?.parent; at = at.parent) {
    // What a callback or a line of its own does comes after the step that started it.
    position.unshift({ line: at.parent, index: at.at - 0.5 });
  }
  return position;
}

/** Whether one step begins before another does, as the text goes. */
export function beginsBefore(a: Step, b: Step): boolean {
  const [from, to] = [positionOf(a), positionOf(b)];
  for (const [depth, place] of from.entries()) {
    const other = to[depth];
    if (!other || other.line !== place.line) return false;
    if (other.index !== place.index) return place.index < other.index;
  }
  return false;
}

/** The same, and the second step is never reached without the first: it runs under no condition but those of the second. */
export function alwaysBeginsBefore(a: Step, b: Step): boolean {
  const isShared = ({ of, side }: Branch) =>
    b.branches.some((other) => other.of === of && other.side === side);
  return beginsBefore(a, b) && a.branches.every((branch) => branch.isRest || isShared(branch));
}

/** Whether a step is over, and not only begun, when another begins. */
export function isOverBefore(a: Step, b: Step): boolean {
  if (a === b) return false;
  for (let line: Line | undefined = b.line, index = b.index; line; index = line.at, line = line.parent) {
    if (line === a.line) return a.index < index && (isWaitedFor(a) || isCallbackAfter(a, b));
    if (joins(line, index, a.line)) return isWaitedFor(a);
  }
  return false;
}

function isWaitedFor(step: Step): boolean {
  return step.kind !== 'call' && step.kind !== 'wait' ? step.kind !== 'timer' : step.isAwaited;
}

/** `b` stands in a callback that `a` calls when it is done, or on a line that such a callback starts. */
function isCallbackAfter(a: Step, b: Step): boolean {
  for (let line: Line | undefined = b.line; line; line = line.parent) {
    if (line.starts.how === 'callback' && line.starts.of === a) return true;
  }
  return false;
}

/** Whether a line has waited for another one, directly or not, before it comes to its step number `index`. */
function joins(line: Line, index: number, other: Line): boolean {
  return line.steps
    .slice(0, Math.ceil(index))
    .some(
      (step) =>
        step.kind === 'join' &&
        (step.joined === other || joins(step.joined, step.joined.steps.length, other)),
    );
}

/** Whether one step can only run where the other does not: they are on different sides of the same choice. */
export function areExclusive(a: Step, b: Step): boolean {
  return a.branches.some((one) => b.branches.some((other) => one.of === other.of && one.side !== other.side));
}

/** Whether a step runs whenever its line gets that far: no condition but guards that have let it pass. */
export function isCertain(step: Step): boolean {
  return step.branches.every(({ isRest }) => isRest);
}
