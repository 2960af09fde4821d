import type { ImportLine } from '../../source/imports.ts';
import { drain } from './drain.ts';
import type { DrainNeeds, RuntimeNeeds } from './needs.ts';
import { owedOnStreams } from './owed.ts';
import { hasStopOnSignals, shutDown, stopOnSignals } from './shutDown.ts';
import { closeListener, settled } from './steps.ts';

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
    ...(http ? ['let stoppedAt = 0;'] : [drainUntil]),
    ...(http?.rootModule ? [http.rootModule] : []),
  ].join('\n');
}

const drainUntil = `/** When the wait for the calls in flight ends; 0 while nobody has asked the server to stop. */
let drainUntil = 0;`;

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
  const { tools, http } = needs;
  return [
    tools.function,
    ...(http?.functions ?? []),
    ...(http?.rootModule ? [drain(needs)] : []),
    ...(hasStopOnSignals(needs) && !http?.rootModule ? [stopOnSignals(needs)] : []),
    ...(http?.rootModule ? [] : [shutDown(needs)]),
    ...(http ? [settled(needs)] : []),
    ...(http?.answersByStream ? [owedOnStreams] : []),
    ...(http && !http.closesListener ? [http.closeListener?.code ?? closeListener(http)] : []),
  ].join('\n\n');
}

/** Values and types that the templates name. */
export function importsOf({ tools, http }: RuntimeNeeds): readonly ImportLine[] {
  const listener: ImportLine = { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true };
  return [
    ...tools.imports,
    ...(http?.imports ?? []),
    ...(http && !http.closesListener ? (http.closeListener?.imports ?? [listener]) : []),
  ];
}
