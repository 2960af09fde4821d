import { memoized } from '../memoize.ts';
import type { McpServer } from '../server.ts';
import { exitWithoutWait, isCutOff } from './competition.ts';
import { type Judgement, judge } from './judgement.ts';
import type { ShutdownPath } from './paths.ts';

/** A path with what it amounts to. */
export interface AssessedPath {
  readonly server: McpServer;
  readonly path: ShutdownPath;
  readonly judgement: Judgement;
}

/** What the servers do on SIGTERM, each handler once, however many servers share it. */
export function assessed(servers: readonly McpServer[]): AssessedPath[] {
  const told = new Set<string>();
  return servers.flatMap((server) =>
    assessedOf(server).filter(({ path: { listener, handler } }) => {
      const key = `${listener.path}:${listener.call.start} ${handler.path}#${handler.fn}`;
      return !told.has(key) && told.add(key);
    }),
  );
}

/** What one server does on SIGTERM, in the order in which its handlers are registered. */
export const assessedOf = memoized((server: McpServer): readonly AssessedPath[] => {
  const judged = server.shutdown
    .on('SIGTERM')
    .map((path) => ({ server, path, judgement: judge(path, server) }));
  return judged.map((one) => (isMoot(one, judged) ? { ...one, judgement: { kind: 'unknown' } } : one));
});

/** The other handlers that run on the same signal in the same start. */
export function besides(one: AssessedPath, all: readonly AssessedPath[]): AssessedPath[] {
  const { startup } = one.server.shutdown;
  return all.filter((other) => {
    return other !== one && !startup.areExclusive(one.path.listener, other.path.listener);
  });
}

/** What one handler leaves undone another one does: then the two compete, and nothing more is to be said of this one. */
function isMoot(one: AssessedPath, all: readonly AssessedPath[]): boolean {
  const { judgement } = one;
  if (judgement.kind !== 'never ends' && judgement.kind !== 'drops calls') return false;
  const others = all.length > 1 ? besides(one, all).map(({ path }) => path.view) : [];
  if (judgement.kind === 'never ends')
    return others.some(({ exits, deadlines }) => exits.length + deadlines.length > 0);
  if (!('kind' in judgement.at)) return false;
  // That it cuts others off is told where they compete.
  if (exitWithoutWait(one.path.view) && besides(one, all).some((other) => isCutOff(other, one))) return true;
  return others.some(({ closesMcp }) => closesMcp.length > 0);
}
