import type { RelatedLocation, Report, Rule } from '../engine/types.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import { registerForSigterm } from '../fixes/source/registerForSigterm.ts';
import { calleeRange } from '../languages/source/walk.ts';
import { isStoppedOtherwise } from '../project/deployments/unhandledSignals.ts';
import type { HeldResource } from '../project/resources/resource.ts';
import { unrevokedIn } from '../project/resources/vault.ts';
import { type McpServer, mainStart, mayHear } from '../project/server.ts';
import type { SignalListener } from '../project/signals.ts';
import { type RepeatedListeners, repeatedListeners } from '../project/tools/repeated.ts';
import type { ServerStart } from '../project/transports.ts';
import { basename, dirname, isInside } from '../text/paths.ts';

interface FindingData {
  readonly entry: string;
}

export const missingSigtermHandler: Rule = {
  id: 'missing-sigterm-handler',
  severity: 'warning',
  docs: {
    summary: 'An MCP server is started and nothing listens to SIGTERM.',
    what: `Follows every server from the file that is started (a package's \`bin\`, \`main\` or start script, a Dockerfile's
command, or a file that nothing else imports) through its modules, also into other packages of the workspace, and
reports a server whose running code never listens to \`SIGTERM\`. A listener for \`SIGINT\` alone does not count: it is
what Ctrl+C sends, not what \`docker stop\`, Kubernetes or a process manager send.

A server that listens on a port is a warning. A server that only speaks stdio is quieter, because its client ends it by
closing stdin: information where Node is the container's first process or the exit loses something the server holds (a
connection pool, a child process, a file being written), else a hint.

Not reported: serverless platforms (nothing listens on a port there), packages that only export a server, frameworks and
helper packages that listen to the signal themselves (mcp-framework, NestJS with \`enableShutdownHooks()\`,
close-with-grace, terminus, lightship, http-graceful-shutdown, signal-exit and the like), Electron's main process, which
quits on it, and every server in which a listener exists whose signal cannot be followed.`,
    why: `Without a listener, SIGTERM ends Node at once. Every tool call in flight is dropped: its caller, an LLM agent, sees
neither success nor failure until its own timeout (60 s by default) and may then run the tool a second time. Audit
records, spans and leases that the call would have written are lost with it.

In a container it is often worse. Where Node is the first process (PID 1), the kernel ignores a signal that nobody
listens to: the container hangs for the whole grace period (10 s for Docker, 30 s for Kubernetes) and is then killed.`,
    fix: `*Insert a graceful shutdown handler* is offered for servers over stdio (\`connect\` and \`serveStdio\`), over Streamable
HTTP, with or without sessions, on Express 4 and 5, Fastify, Hono on node-server, Koa and node:http (SDK 2's
\`createMcpHandler\` and its adapters among them), over legacy SSE on Express, for NestJS 11 and fastmcp 4, and for
servers that switch between transports, with both versions of the SDK. Ports on which no MCP is served (a log-in,
metrics) stay open until the exit: calls in flight may need them. The handler refuses new calls, waits for those
in flight (\`DRAIN_TIMEOUT_MS\`, 5 s by default), answers what is left with an error result, closes the listener,
releases pools and clients that can be named from there, gives back what was taken from Vault, and exits. It goes into
the file that starts the server, or into a module beside it. It changes what the process does when it is stopped, so it is
not applied by fix-all. Where a part of a server has a shape that was not proven, nothing is offered.

In NestJS the handler is a module around the application's, and Nest itself hears the signals
(\`enableShutdownHooks()\`): its hooks run before those of the modules inside, which may close what the calls need.

A listener for \`SIGINT\` that exits at once, or closes and exits without waiting for calls, is replaced: two handlers
would compete. What it called becomes a step after the wait, what it logged is still logged. A handler that does more
than can be taken apart stays as a function without its exits. Where even that is not certain, no handler is offered.

*Register the SIGINT handler for SIGTERM too* is offered where a handler for \`SIGINT\` exists that waits for its
clean-up and then exits. It adds one line (or gives the inline function a name and registers it twice) and is safe.`,
  },

  check({ project, report }) {
    const found = new Map<ServerStart['call'], { start: ServerStart; servers: McpServer[] }>();
    for (const server of project.servers) {
      const start = unheardStart(server);
      if (!start || endsWithItsClient(server, start) || isStoppedOtherwise(project, server)) continue;
      const known = found.get(start.call);
      if (known) known.servers.push(server);
      else found.set(start.call, { start, servers: [server] });
    }
    for (const { start, servers } of found.values()) {
      const [server] = servers;
      if (server) report(describe(server, start, servers));
    }
  },

  fixes(project, finding) {
    const { entry } = finding.data as FindingData;
    const server = project.servers.find((one) => one.entry === entry);
    if (!server) return [];
    // A handler for SIGINT that lets the calls finish is what SIGTERM needs, too.
    const registered = registerForSigterm(project, server, finding.ruleId);
    const inserted = insertHandler(project, server, finding.ruleId);
    return [
      ...registered,
      ...inserted.map((fix) => ({ ...fix, isPreferred: fix.isPreferred && registered.length === 0 })),
    ];
  },
};

/**
 * Where the server begins to serve without listening to the signal; `undefined` where it listens, or may do so. A
 * listener that is only registered on the way to another transport, or in another command, does not count.
 */
function unheardStart(server: McpServer): ServerStart | undefined {
  if (!mayHear(server, 'SIGTERM')) return mainStart(server);
  // That it comes with the first request only is told as handler-registered-repeatedly.
  if (server.handledBy || repeatedListeners(server).some(hearsSigterm)) return undefined;
  const begins = server.starts.filter(({ kind, transport }) =>
    server.isNetwork ? kind === 'listen' : transport === 'stdio',
  );
  const { startup } = server.shutdown;
  const isHeard = (start: ServerStart) =>
    listenersTo(server).some((listener) => !startup.areExclusive(listener, start));
  return begins.some(isHeard) ? undefined : begins[0];
}

function hearsSigterm({ listeners }: RepeatedListeners): boolean {
  return listeners.some(({ signals }) => signals.includes('SIGTERM'));
}

function listenersTo({ listeners }: McpServer): readonly SignalListener[] {
  return listeners.filter(({ signals, isCertain }) => signals.includes('SIGTERM') || !isCertain);
}

/** fastmcp closes its stdio transport when the client goes; with nothing held open there is nothing to lose. */
function endsWithItsClient(server: McpServer, start: ServerStart): boolean {
  const isQuiet = server.held.length === 0 && !server.declaredAt.some(({ isFirstProcess }) => isFirstProcess);
  return start.framework === 'fastmcp' && !server.isNetwork && isQuiet;
}

/** @param servers all servers that start at this place and listen to nothing; `server` is the first */
function describe(server: McpServer, start: ServerStart, servers: readonly McpServer[]): Report {
  const container = server.declaredAt.find(({ isFirstProcess }) => isFirstProcess);
  const elsewhere = listenersTo(server);
  const sigint =
    elsewhere.length === 0 ? server.listeners.find(({ signals }) => signals.includes('SIGINT')) : undefined;
  return {
    path: start.path,
    range: start.range,
    message: [
      unheard(server, sigint !== undefined, elsewhere.length > 0),
      consequence(server, container !== undefined),
      server.isNetwork
        ? 'Listen to it, let the calls in flight finish, then close and exit.'
        : 'Listen to it, finish what is running, then exit.',
    ].join(' '),
    severity: server.isNetwork
      ? 'warning'
      : container || heldAt(server, start).length > 0
        ? 'information'
        : 'hint',
    related: relatedTo(server, start, servers, sigint),
    data: { entry: server.entry } satisfies FindingData,
  };
}

/** Who is process 1, what listens to something else or elsewhere, where else it serves, and what the exit loses. */
function relatedTo(
  server: McpServer,
  start: ServerStart,
  servers: readonly McpServer[],
  sigint: SignalListener | undefined,
): RelatedLocation[] {
  const container = server.declaredAt.find(({ isFirstProcess }) => isFirstProcess);
  const saying =
    (message: string) =>
    ({ path, range }: Omit<RelatedLocation, 'message'>) => ({ path, range, message });
  const otherPorts = server.starts.filter(
    ({ kind, call }) => kind === 'listen' && server.isNetwork && call !== start.call,
  );
  return [
    ...(container ? [container].map(saying("Node is the container's first process here.")) : []),
    ...(sigint ? [sigint].map(saying('This handler runs on SIGINT only.')) : []),
    ...listenersTo(server).map(saying('This handler is registered on another way to start only.')),
    ...server.deadListeners
      .filter(({ signals }) => signals.includes('SIGTERM') || (!sigint && signals.includes('SIGINT')))
      .map(saying('Nothing that this server runs registers this listener.')),
    ...otherPorts.map(saying('It listens here, too.')),
    ...(isShared(start, servers) ? servers.slice(0, 5).map(startedBy) : []),
    ...lostBy(server, start),
  ];
}

/** What is open when this start is over; what another command opens is not. */
function heldAt({ held, shutdown }: McpServer, start: ServerStart): readonly HeldResource[] {
  return held.filter((each) => !shutdown.startup.areExclusive(each, start));
}

/** What the exit loses or leaves open. */
function lostBy(server: McpServer, start: ServerStart): RelatedLocation[] {
  return [
    ...heldAt(server, start)
      .slice(0, 5)
      .map(({ path, call, what }) => ({
        path,
        range: calleeRange(call),
        message: `Lost or left open by the exit: ${what}.`,
      })),
    ...unrevokedIn(server)
      .slice(0, 2)
      .map(({ path, call, kind }) => ({
        path,
        range: calleeRange(call),
        message: `The ${kind} that this takes from Vault stays valid until its TTL is over.`,
      })),
  ];
}

function unheard({ isNetwork }: McpServer, hasSigint: boolean, isElsewhere: boolean): string {
  if (isElsewhere)
    return `Nothing listens to SIGTERM when the server starts ${isNetwork ? 'on this port' : 'over stdio'}.`;
  return hasSigint
    ? 'Nothing listens to SIGTERM (SIGINT alone is only Ctrl+C).'
    : 'Nothing listens to SIGTERM.';
}

/** Whether the code that starts is not that of one server: others may start there and listen. */
function isShared({ path }: ServerStart, servers: readonly McpServer[]): boolean {
  return servers.length > 1 || servers.some(({ packageFile }) => !isInside(dirname(packageFile ?? ''), path));
}

function startedBy({ entry, name }: McpServer): RelatedLocation {
  return { path: entry, range: { start: 0, end: 0 }, message: `Started by ${name}, which does not listen.` };
}

function consequence({ isNetwork, name, entry }: McpServer, isFirstProcess: boolean): string {
  const subject = isNetwork ? 'every tool call in flight' : 'a tool call in flight';
  if (isFirstProcess) {
    return `As the container's first process Node then ignores the signal: ${name || basename(entry)} hangs until it is killed, and ${subject} is lost.`;
  }
  return `The signal ends the process at once and drops ${subject}: its caller sees neither success nor failure and may run it twice.`;
}
