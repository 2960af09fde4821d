import type { Finding, Fix, RelatedLocation, Rule } from '../engine/types.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import { handlersOf } from '../fixes/resources/openAtExit.ts';
import { endOfCalls } from '../fixes/shutdown/ending.ts';
import { orFullHandler } from '../fixes/shutdown/fullHandler.ts';
import { waitForCalls } from '../fixes/shutdown/waitForCalls.ts';
import type { Expr } from '../languages/source/facts.ts';
import type { Project } from '../project/project.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { isRunOnce, unguarded } from '../project/shutdown/isolation.ts';
import type { Judgement } from '../project/shutdown/judgement.ts';
import { closedByNestHook } from '../project/shutdown/nestHooks.ts';
import { isOverNetwork } from '../project/shutdown/network.ts';
import { place, rangeOf, registration } from '../project/shutdown/places.ts';
import { reopenedAfter } from '../project/shutdown/reopened.ts';

export const inFlightCallsDropped: Rule = {
  id: 'in-flight-calls-dropped',
  severity: 'warning',
  docs: {
    summary: 'The SIGTERM handler closes the server, or exits, without waiting for the tool calls in flight.',
    what: `Follows what the SIGTERM handler does, in order, over every function it calls, and reports the first step that
closes an MCP server, a transport or a session, or else the exit, when nothing before it lets the tool calls finish. What
counts as waiting: a poll, a set of promises or a counter that tool calls are counted in, and a fixed time of half a second
or more. Waiting for the HTTP listener to close *before* the transports are closed counts too: a call over HTTP is an open
request. A counter or set that nothing in the running server ever fills does not count. In NestJS with
\`enableShutdownHooks()\` it is \`onModuleDestroy\` and \`beforeApplicationShutdown\` that are looked at: Nest calls them before
the requests are over.

Not reported: handlers of which a part cannot be followed (an injected function, a helper package), and those that another
rule is about: \`immediate-exit\`, \`unawaited-cleanup\`, \`signal-swallowed\`, \`cleanup-before-drain\`.`,
    why: `\`close()\` of a server or transport aborts every call in flight and drops its answer; that is how both versions of the
SDK do it, and over HTTP the client then waits for its own timeout (60 s by default). It sees neither success nor failure
and may run the tool a second time, while the first run may have done half of its work. It looks graceful, which is why it
is the most common mistake: of 30 servers with a handler that we read, 20 close first.`,
    fix: `*Wait for the calls in flight before closing* keeps the handler. It counts the calls where they come in (over HTTP the POST
requests that are not answered yet, over stdio and the legacy SSE transport the calls of \`tools/call\`), and has the handler
wait for them before the first thing that it closes, at most for \`DRAIN_TIMEOUT_MS\`, or less where a timer of the handler's own
forces the exit. While it waits, new calls and health routes get 503; a second signal is ignored; what else such a wait shows to
be wrong (\`unguarded-cleanup\`, \`deadline-armed-too-late\`) is mended with it. A handler of \`SIGINT\` with the same close gets
the same, and a wait that an earlier fix has written is used again. Calls that take longer are aborted as before. It is
offered for Express, Fastify, Hono, Koa, node:http, fastmcp and stdio, where the routes or the server objects are in sight, in
the handler's file or as a module. It is not safe: stopping takes as long as the calls do.

*Insert a graceful shutdown handler* replaces the handler by one that also answers the calls that take too long, as for
\`immediate-exit\`. What the old handler closed and called comes behind the wait. It is offered where all of the handler is
understood and the server's parts are of a known shape. In NestJS it waits around the application's module, and what the
hooks inside close comes behind that. It is not applied by fix-all either.`,
  },

  check({ project, report }) {
    const told = new Set<Expr>();
    for (const one of assessed(project.servers)) {
      const { judgement, server } = one;
      // What keeps the process up is worse, and mended in one with this.
      if (judgement.kind !== 'drops calls' || reopenedAfter(one)) continue;
      const at = endOfCalls(judgement);
      if (told.has(at.spot.expr)) continue;
      told.add(at.spot.expr);
      report({
        path: at.spot.path,
        range: rangeOf(at.spot),
        severity: isOverNetwork(one.path.listener, server) ? undefined : 'information',
        message: messageOf(judgement),
        related: [again(one), ...pretendedDrain(judgement), ...idleLoops(one), ...skips(one)],
      });
    }
    for (const server of project.servers) {
      const closed = closedByNestHook(server);
      if (!closed || told.has(closed.step.spot.expr)) continue;
      const { spot } = closed.step;
      told.add(spot.expr);
      const message = messageOf({ kind: 'drops calls', at: closed, pretended: undefined });
      report({ path: spot.path, range: rangeOf(spot), message, related: handlersOf(server) });
    }
  },

  fixes(project, finding) {
    const endings = assessed(project.servers).flatMap((one) => {
      const step = one.judgement.kind === 'drops calls' ? endOfCalls(one.judgement) : undefined;
      const isMeant = step?.spot.path === finding.path && step.spot.expr.start === finding.range.start;
      return step && isMeant ? [{ one, step }] : [];
    });
    const [first] = endings;
    if (!first) return fixesInNest(project, finding);
    return orFullHandler(
      waitForCalls(project, endings, finding.ruleId),
      project,
      first.one.server,
      finding.ruleId,
    );
  },
};

/** Around the application's module, the full handler waits before the hooks of the modules inside close anything. */
function fixesInNest(project: Project, { path, range, ruleId }: Finding): Fix[] {
  const server = project.servers.find((each) => {
    const spot = closedByNestHook(each)?.step.spot;
    return spot?.path === path && spot.expr.start === range.start;
  });
  return server ? insertHandler(project, server, ruleId) : [];
}

function messageOf({ at, pretended }: Extract<Judgement, { kind: 'drops calls' }>): string {
  const wait = pretended
    ? 'The wait before it is for something that nothing in this server ever fills, so it is over at once.'
    : 'Count the calls, wait for them with a limit, and only then close.';
  if (!('effect' in at)) {
    return `On SIGTERM this ends the process while tool calls may be in flight: they are dropped, and their callers see neither success nor failure and may run them twice. ${wait}`;
  }
  const what = at.effect.kind === 'closes-mcp' ? at.effect.what : 'the server';
  return `On SIGTERM this closes ${what} without waiting for the tool calls in flight: they are aborted, no answer is sent, and their callers may run them twice. ${wait}`;
}

/** Loops that were to close the sessions, and never run. */
function idleLoops({ path }: AssessedPath): RelatedLocation[] {
  return path.view.trace.idleLoops.map((spot) =>
    place(spot, 'This loop never runs: "for...in" sees no keys of a Map or Set. Use "for...of".'),
  );
}

/** Where the handler is registered, and whether it runs once only: the drain that is missing would need that. */
function again(one: AssessedPath): RelatedLocation {
  const at = registration(one);
  return isRunOnce(one.path)
    ? at
    : { ...at, message: 'This runs on SIGTERM, and again on each further signal.' };
}

/** What a failure on the way would keep from running. */
function skips({ path: { view } }: AssessedPath): RelatedLocation[] {
  const found = unguarded(view);
  return found ? [place(found.step.step.spot, 'If this fails, the steps behind it are skipped.')] : [];
}

function pretendedDrain({ pretended }: Extract<Judgement, { kind: 'drops calls' }>): RelatedLocation[] {
  if (pretended?.subject.kind !== 'nothing') return [];
  const { spot } = pretended.step;
  return [
    {
      path: spot.path,
      range: rangeOf(spot),
      message: `Waits for "${pretended.subject.state.name}", which nothing fills.`,
    },
  ];
}
