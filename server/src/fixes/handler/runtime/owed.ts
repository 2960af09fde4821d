import type { DrainNeeds } from './needs.ts';

/** An expression: how much callers still wait for. */
export function owed({ tools, http }: Pick<DrainNeeds, 'tools' | 'http'>): string {
  if (http?.answersByStream) return 'owed()';
  return [...(tools ? ['calls.size'] : []), ...(http ? ['answers.size'] : [])].join(' + ');
}

/** `owed()`, where answers are sent on streams that stay open: what these have still to send counts too. */
export const owedOnStreams = `/** How much callers still wait for: a tool that has returned is not yet an answer that its stream has sent. */
function owed()‹: number› {
  return calls.size + answers.size + [...streams].filter((stream) => stream.writableLength > 0).length;
}`;
