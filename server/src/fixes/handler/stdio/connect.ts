import type { Statement } from '../../../languages/source/facts.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { Insertion } from '../../source/insertion.ts';
import { callsIn, type PlannedFile } from '../../source/plannedFile.ts';
import { statementWithRoom } from '../places/blocks.ts';
import type { Serving } from '../places/serving.ts';

/** SDK 2 aborts the calls in flight when it sees the end of stdin; read through this, it does not. */
export const keptOpen = 'process.stdin.pipe(new PassThrough(), { end: false })';

/** `server.connect(new StdioServerTransport())`. */
export function connected(start: ServerStart, into: PlannedFile, sdk: 1 | 2): Serving | undefined {
  const { call, fn } = start;
  const statement = call.isNew ? connectStatement(into, fn) : undefined;
  if (!statement) return undefined;
  if (sdk === 1) return { statement, insertions: [], steps: [] };
  if (call.args.length > 0) return undefined;
  const pipe: Insertion = {
    into,
    at: { offset: call.end - 1 },
    code: keptOpen,
    imports: [{ name: 'PassThrough', from: 'node:stream' }],
  };
  return { statement, insertions: [pipe], steps: [] };
}

/** The only `connect(...)` of the function that makes the transport. */
function connectStatement(into: PlannedFile, fn: number): Statement | undefined {
  const connects: Statement[] = [];
  for (const call of callsIn(into.facts, fn)) {
    if (call.callee.kind !== 'member' || call.callee.property !== 'connect') continue;
    const statement = statementWithRoom(into, fn, call);
    if (statement) connects.push(statement);
  }
  return connects.length === 1 ? connects[0] : undefined;
}
