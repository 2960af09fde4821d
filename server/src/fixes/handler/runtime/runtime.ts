import type { ImportLine } from '../imports.ts';
import { drain } from './drain.ts';
import type { DrainNeeds, RuntimeNeeds } from './needs.ts';
import { owedOnStreams } from './owed.ts';
import { shutDown, stopOnSignals } from './shutDown.ts';
import { closeListener, drainTimeout, runStep, settled } from './steps.ts';

/*
 * Templates are TypeScript with single quotes, semicolons and two spaces; `‹...›` marks what JavaScript goes
 * without (see codeStyle.ts). They follow the order that was measured to lose no call: refuse what is new, wait for
 * what is owed, only then close.
 */

/** The state; it has to stand before anything that may use it. */
export function stateOf({ http, tools }: RuntimeNeeds): string {
  return [
    '/** The tool calls in flight: what cancels each, and what answers it without its tool. */',
    `const calls = new Map‹<AbortController, (answer: ${tools.answerType ?? 'CallToolResult'}) => void>›();`,
    ...countsOf({ http }),
    `let stoppedAt = 0;${http?.rootModule ? `\n${http.rootModule}` : ''}`,
  ].join('\n');
}

/** What HTTP owes. */
export function countsOf({ http }: Pick<DrainNeeds, 'http'>): string[] {
  const answers = `/** HTTP answers that are still being sent. */
const answers = new Set‹<unknown>›();`;
  const streams = `/** Streams that the server may still send something on; they are ended at the last. */
const streams = new Set‹<{ ${http?.answersByStream ? 'writableLength: number; ' : ''}end(): unknown }>›();`;
  return [...(http ? [answers] : []), ...(http?.hasStreams ? [streams] : [])];
}

/** The functions. */
export function functionsOf(needs: RuntimeNeeds): string {
  const { tools, http, hasSteps } = needs;
  return [
    tools.function,
    ...(http?.functions ?? []),
    ...(http?.rootModule ? [drain(needs)] : [stopOnSignals(needs), shutDown(needs)]),
    settled(needs),
    ...(http?.answersByStream ? [owedOnStreams] : []),
    ...(http && !http.closesListener ? [http.closeListener ?? closeListener(http)] : []),
    ...(hasSteps && !http?.rootModule ? [runStep] : []),
    drainTimeout(needs),
  ].join('\n\n');
}

/** Values and types that the templates name. */
export function importsOf({ tools, http }: RuntimeNeeds): readonly ImportLine[] {
  const listener: ImportLine = { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true };
  return [
    ...tools.imports,
    ...(http?.imports ?? []),
    ...(http && !http.closeListener && !http.closesListener ? [listener] : []),
  ];
}
