import type { ServerStart } from '../../../project/transports.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import type { Serving } from '../places/serving.ts';
import { connected } from './connect.ts';
import { startedByFastMcp } from './fastmcp.ts';
import { served } from './serve.ts';

/** How a server may begin to serve stdio; the first shape that fits is taken. */
const shapes: readonly ((start: ServerStart, into: PlannedFile, sdk: 1 | 2) => Serving | undefined)[] = [
  connected,
  served,
  startedByFastMcp,
];

/** What stands where a stdio transport is started; `undefined` for a shape that was not proven. */
export function stdioStart(start: ServerStart, into: PlannedFile, sdk: 1 | 2): Serving | undefined {
  for (const shape of shapes) {
    const serving = shape(start, into, sdk);
    if (serving) return serving;
  }
  return undefined;
}
