import { defaultDrainMs } from '../../project/deployments/budgets.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { codeStyleOf } from '../codeStyle.ts';
import type { Insertion } from '../source/insertion.ts';
import type { CodePlan } from './codePlan.ts';
import { requestFramework, wiringOf } from './http/index.ts';
import { isOnePackage } from './onePackage.ts';
import { releaseSteps, type Step } from './places/resources.ts';
import type { ServingPlace } from './places/serving.ts';
import { trackedCalls } from './places/trackedCalls.ts';
import { type ReplacedListeners, replacedListeners } from './replaced/index.ts';
import type { RuntimeNeeds } from './runtime/needs.ts';
import { functionsOf, importsOf, stateOf } from './runtime/runtime.ts';
import { hasStopOnSignals, listening } from './runtime/shutDown.ts';
import { servingPlaces } from './servingPlaces.ts';

/** Timers that are set for longer fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * What a handler consists of in one server, and where its parts go: the main file is the one that begins to serve.
 * `undefined` where a part of it is not of a shape that is known to work.
 */
export function planHandler(project: Project, server: McpServer): CodePlan | undefined {
  if (server.transports.has('sse') && !requestFramework(server)?.takesSse) return undefined;
  const tracked = trackedCalls(project, server);
  const places = tracked && servingPlaces(project, server, tracked.tools.sdk);
  const http = server.isNetwork ? wiringOf(project, server) : undefined;
  if (!tracked || !places || (server.isNetwork && !http)) return undefined;
  const replaced = replacedListeners(project, server, places);
  if (!replaced) return undefined;
  const withSteps = places.map((place) => ({ place, steps: stepsOf(project, server, place, replaced) }));
  const hasSteps = withSteps.some(({ steps }) => steps.length > 0);
  const needs: RuntimeNeeds = {
    tools: tracked.tools,
    http,
    isStdio: places.some(({ isStdio }) => isStdio),
    hasSteps,
    first: [...replaced.around.first, ...(hasSteps ? [] : replaced.around.last)],
    last: hasSteps ? replaced.around.last : [],
    namesCause: replaced.around.namesCause,
    drainTimeoutMs: drainTimeoutOf(project, server),
  };
  const registered = withSteps.flatMap(({ place, steps }) => [
    ...place.insertions,
    ...(place.register === '' ? [] : [registration(place, steps, needs, replaced.comments.get(place) ?? [])]),
  ]);
  // What two places run is written once.
  const ofSteps = [
    ...new Map(withSteps.flatMap(({ steps }) => steps).map((step) => [step.run, step])).values(),
  ];
  const insertions = [
    ...tracked.insertions,
    ...(http?.insertions ?? []),
    ...registered,
    ...ofSteps.flatMap((step) => step.insertions ?? []),
    ...replaced.insertions,
  ];
  if (!isOnePackage(project, insertions)) return undefined;
  return {
    main: places[0].into,
    state: stateOf(needs),
    functions: functionsOf(needs),
    imports: importsOf(needs),
    insertions,
    named: replaced.around.bindings,
  };
}

/** The wait for the calls where the environment sets none, in ms. */
export function drainTimeoutOf(project: Project, server: McpServer): number {
  return Math.min(defaultDrainMs(project, server), longestTimerMs);
}

/** What follows the drain: the end of the transport, what older handlers did, and what they have left open. */
function stepsOf(
  project: Project,
  server: McpServer,
  place: ServingPlace,
  { steps, called, closing }: ReplacedListeners,
): Step[] {
  const isDone = ({ run }: Step) => called.has(run.replace(/^new Promise\(.*=> /, '').replace(/\(.*$/, ''));
  const releases = releaseSteps(project, server, place).filter((step) => !isDone(step));
  const kept = steps.get(place) ?? [];
  const listener = place.steps.find(({ run }) => run.startsWith('closeListener('));
  const commented = (step: Step) => ({
    ...step,
    comments: [
      ...(step === listener ? closing : []),
      ...(kept.find((old) => isSame(old, step))?.comments ?? []),
      ...(step.comments ?? []),
    ],
  });
  return [
    ...place.steps.map(commented),
    ...kept.filter((step) => !isAmong(step, [...place.steps, ...releases])),
    ...releases.map(commented),
  ];
}

function isAmong(step: Step, others: readonly Step[]): boolean {
  return others.some((other) => isSame(step, other));
}

/** Whether two steps call the same; what has lines of its own is like no other. */
function isSame(one: Step, other: Step): boolean {
  return !one.lines && !other.lines && one.run === other.run;
}

/**
 * The line that registers the signals: the steps after the drain, and whether stdio is served here.
 * @param comments lines above it, in their author's words
 */
function registration(
  place: ServingPlace,
  steps: readonly Step[],
  needs: RuntimeNeeds,
  comments: readonly string[],
): Insertion {
  const lines = steps.map(lineOf);
  const { file, facts } = place.into;
  const { trailingCommas } = codeStyleOf(file.path, file.text, facts);
  const onLines = lines.map((line) => `  ${line.replace(/\n/g, '\n  ')}`).join(',\n');
  const list =
    lines.length < 2 && !steps[0]?.comments?.length
      ? `[${lines.join('')}]`
      : `[\n${onLines}${trailingCommas ? ',' : ''}\n]`;
  const parameters = [
    ...(needs.hasSteps ? [list] : []),
    ...(needs.isStdio && needs.http && place.isStdio ? ['true'] : []),
  ];
  const call = `stopOnSignals(${parameters.join(', ')});`;
  return {
    into: place.into,
    at: place.isSlow ? { before: place.statement } : { after: place.statement },
    code: [
      ...(comments.length > 0 && !place.isSlow ? [''] : []),
      ...comments.map(asWritten),
      place.register ?? (hasStopOnSignals(needs) ? call : listening(needs)),
      ...(place.behind ? [place.behind] : []),
    ].join('\n'),
    imports: place.register ? [] : steps.flatMap((step) => step.imports),
  };
}

/** A line of the author's own in a template. */
function asWritten(line: string): string {
  return `»${line}`;
}

/** An element of the list of steps. */
function lineOf(step: Step): string {
  return [...(step.comments ?? []).map(asWritten), `['${step.what}', ${functionOf(step)}]`].join('\n');
}

function functionOf({ run, lines }: Step): string {
  if (!lines) return `() => ${run}`;
  const isAsync = lines.some((line) => /\bawait\b/.test(line));
  return `${isAsync ? 'async ' : ''}() => {\n${lines.map((line) => `  »${line}`).join('\n')}\n}`;
}
