import type { RuntimeNeeds } from './needs.ts';

/** An expression: how much callers still wait for. */
export function owed(http: RuntimeNeeds['http']): string {
  if (http?.answersByStream) return 'owed()';
  return `calls.size${http ? ' + answers.size' : ''}`;
}

/** `owed()`, where answers are sent on streams that stay open: what these have still to send counts too. */
export const owedOnStreams = `/** How much callers still wait for: a tool that has returned is not yet an answer that its stream has sent. */
function owed()‹: number› {
  return calls.size + answers.size + [...streams].filter((stream) => stream.writableLength > 0).length;
}`;
