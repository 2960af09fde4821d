import type { ServerStart } from '../../../project/transports.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { statementWithRoom } from '../places/blocks.ts';
import type { Serving } from '../places/serving.ts';

/** `server.start({ transportType: 'stdio' })` of fastmcp: it is done when a client has connected, calls may come before. */
export function startedByFastMcp(
  { call, fn, framework }: ServerStart,
  into: PlannedFile,
): Serving | undefined {
  const statement = framework === 'fastmcp' ? statementWithRoom(into, fn, call) : undefined;
  return statement && { statement, insertions: [], steps: [], isSlow: true };
}
