import type { RelatedLocation } from '../../engine/types.ts';
import { calleeRange } from '../../languages/source/walk.ts';
import type { CallRef } from '../../project/syncPath.ts';
import type { RequestHandler } from '../../project/tools/requests.ts';

/**
 * How a client's request comes to a place: its registration, then the calls on the way; of a long one its beginning
 * and end.
 * @param place what the calls lead to, to stand in a sentence: "the exit"
 */
export function wayFromRequest(
  by: RequestHandler,
  way: readonly CallRef[],
  place: string,
): RelatedLocation[] {
  const { path, start, end } = by.at;
  const shown = way.length > 5 ? [...way.slice(0, 2), ...way.slice(-3)] : way;
  return [
    { path, range: { start, end }, message: `A client's ${by.run} runs what is registered here.` },
    ...shown.map((step) => ({
      path: step.path,
      range: calleeRange(step.call),
      message: `This call leads on to ${place}.`,
    })),
  ];
}
