import type { PackageFacts } from '../languages/packageJson.ts';
import type { SourceFacts } from '../languages/source/facts.ts';
import { basename } from '../text/paths.ts';
import { CertainCalls } from './certainCalls.ts';
import { distinctServers } from './distinctServers.ts';
import { type Execution, execute } from './execution.ts';
import { LeadingFunctions } from './leading.ts';
import { sdkOf } from './mcpPackages.ts';
import type { Program } from './program.ts';
import { ReferenceFinder } from './references.ts';
import { resourcesIn } from './resources/held.ts';
import { type HeldResource, isMissedAtExit } from './resources/resource.ts';
import type { Declaration, McpServer } from './server.ts';
import { instancesIn, type Route, routesIn, type ServerInstance, sidePortsAmong } from './serving.ts';
import { ShutdownPaths } from './shutdown/paths.ts';
import type { ShutdownOptions } from './shutdownOptions.ts';
import { type SignalListener, signalListenersIn } from './signals.ts';
import { registeredTools } from './tools/registrations.ts';
import type { ToolHandler } from './tools/toolHandler.ts';
import { toolsOf } from './tools.ts';
import { type ServerStart, startsIn, type Transport } from './transports.ts';
import { functionKey } from './value.ts';
import { Values } from './values.ts';

/** Packages that listen to SIGTERM on the user's behalf as soon as they are used. */
const signalPackages = new Set([
  '@godaddy/terminus',
  '@moebius/http-graceful-shutdown',
  'async-exit-hook',
  'close-with-grace',
  'death',
  // Its main process quits on SIGTERM, over hooks of its own.
  'electron',
  'exit-hook',
  'express-graceful-exit',
  'fastify-graceful-shutdown',
  'graceful-http-shutdown',
  'http-graceful-shutdown',
  'http-terminator-signals',
  'lightship',
  'mcp-framework',
  'node-cleanup',
  'node-graceful',
  'node-graceful-shutdown',
  'nodejs-graceful-shutdown',
  'signal-exit',
  'when-exit',
]);

/** An entry file that something names, or that no other file imports. */
export interface EntryFile {
  readonly path: string;
  readonly declaredAt: readonly Declaration[];
}

/** Where a package begins: its package.json, with its facts. */
export type PackageOf = (path: string) => { readonly path: string; readonly facts: PackageFacts } | undefined;

/** What people say of the servers of a file. */
export type OptionsFor = (path: string) => ShutdownOptions;

/**
 * The MCP servers that start in the given entry files. An entry that starts nothing is a library or a script and
 * gives none; entries that start the same places are one server (a bin that imports the main file).
 */
export function findServers(
  entries: readonly EntryFile[],
  finder: ServerFinder,
  packageOf: PackageOf,
  optionsFor: OptionsFor,
): McpServer[] {
  const servers: McpServer[] = [];
  for (const entry of entries) {
    if (!finder.mayStart(entry.path)) continue;
    const server = serverOf(entry, finder, packageOf, optionsFor);
    if (server) servers.push(server);
  }
  return distinctServers(servers);
}

/** A server without what says how it is run. */
type Started = Omit<McpServer, 'declaredAt'>;

function serverOf(
  { path, declaredAt }: EntryFile,
  finder: ServerFinder,
  packageOf: PackageOf,
  optionsFor: OptionsFor,
): McpServer | undefined {
  const preloads = declaredAt.flatMap((declaration) => declaration.preloads);
  const options = optionsFor(path);
  const key = JSON.stringify([path, preloads, options]);
  const started = finder.once(key, () => startedIn(path, preloads, finder, packageOf, options));
  return started && { ...started, declaredAt };
}

/** A server by its sources and settings alone: as long as those stay the same, so does all that is known of it. */
function startedIn(
  entry: string,
  preloads: readonly string[],
  finder: ServerFinder,
  packageOf: PackageOf,
  options: ShutdownOptions,
): Started | undefined {
  const execution = finder.execute(entry, preloads);
  const starts = finder.live(execution, 'starts');
  const made = new Set(starts.flatMap(({ transport }): Transport[] => (transport ? [transport] : [])));
  const listens = starts.some(({ kind }) => kind === 'listen');
  const transports = new Set([...made].filter((transport) => transport === 'stdio' || listens));
  if (transports.size === 0) return undefined;
  const owner = packageOf(entry);
  const listeners = finder.live(execution, 'listeners');
  const resources = finder.live(execution, 'resources');
  const isNetwork = [...transports].some((transport) => transport !== 'stdio');
  const routes = finder.live(execution, 'routes');
  const ports = starts.filter(({ kind }) => kind === 'listen');
  const sidePorts = isNetwork ? sidePortsAmong(ports, routes, finder.values) : ports;
  const serving = starts.filter((start) =>
    start.transport ? transports.has(start.transport) : !sidePorts.includes(start),
  );
  const leading = finder.leadingIn(execution);
  return {
    entry,
    name: owner?.facts.name ?? basename(entry),
    packageFile: owner?.path,
    sdk: owner && sdkOf(owner.facts),
    starts: serving,
    sidePorts,
    transports,
    isNetwork,
    listeners,
    shutdown: new ShutdownPaths(listeners, execution, finder.values, options, leading, serving),
    deadListeners: finder.deadListeners(execution),
    handledBy: handledBy(execution, finder.program),
    resources,
    held: resources.filter(isMissedAtExit),
    instances: finder.live(execution, 'instances'),
    routes,
    tools: toolsOf(finder.live(execution, 'tools'), execution, owner, finder.calls.values),
    execution,
    calls: finder.calls,
  };
}

interface FunctionFindings {
  readonly starts: readonly ServerStart[];
  readonly listeners: readonly SignalListener[];
  readonly resources: readonly HeldResource[];
  readonly instances: readonly ServerInstance[];
  readonly routes: readonly Route[];
  readonly tools: readonly ToolHandler[];
}

/** Looks at each function once, for all the servers that it may belong to. */
export class ServerFinder {
  private readonly plain: Values;
  readonly values: Values;
  private readonly references: ReferenceFinder;
  readonly calls: CertainCalls;
  private readonly known = new Map<string, FunctionFindings>();
  private leading: ReadonlySet<string> | undefined;
  private readonly started = new Map<string, Started | undefined>();

  constructor(readonly program: Program) {
    this.plain = new Values(program);
    this.values = new Values(program, this.plain);
    this.references = new ReferenceFinder(program, this.plain);
    this.calls = new CertainCalls(program, this.plain, this.values);
  }

  /** Quick look before an entry is followed. */
  mayStart(entry: string): boolean {
    this.leading ??= filesLeadingToMcp(this.program);
    return this.leading.has(entry);
  }

  /** What starts in an entry file, worked out once. */
  once(key: string, workOut: () => Started | undefined): Started | undefined {
    if (!this.started.has(key)) this.started.set(key, workOut());
    return this.started.get(key);
  }

  execute(path: string, preloads: readonly string[]): Execution {
    return execute(path, preloads, this.program, this.plain, this.references);
  }

  /** Which of the live functions may come to another. */
  leadingIn(execution: Execution): LeadingFunctions {
    return new LeadingFunctions(execution, this.program, this.references);
  }

  /** What live functions hold, in the order of files and text. */
  live<K extends keyof FunctionFindings>(execution: Execution, what: K): FunctionFindings[K][number][] {
    const found: FunctionFindings[K][number][] = [];
    for (const [path, functions] of execution.live) {
      for (const fn of [...functions].sort((a, b) => a - b)) found.push(...this.in(path, fn)[what]);
    }
    return found;
  }

  deadListeners(execution: Execution): SignalListener[] {
    return [...execution.live].flatMap(([path, live]) =>
      (this.program.facts(path)?.functions ?? []).flatMap(({ id }) =>
        live.has(id) ? [] : this.in(path, id).listeners,
      ),
    );
  }

  private in(path: string, fn: number): FunctionFindings {
    const key = functionKey({ path, fn });
    let found = this.known.get(key);
    if (!found) {
      found = {
        starts: startsIn(path, fn, this.program, this.values, this.plain),
        listeners: signalListenersIn(path, fn, this.program, this.values),
        resources: resourcesIn(path, fn, this.program, this.plain),
        instances: instancesIn(path, fn, this.program, this.plain),
        routes: routesIn(path, fn, this.program, this.values),
        tools: registeredTools(path, fn, this.program, this.values),
      };
      this.known.set(key, found);
    }
    return found;
  }
}

function handledBy(execution: Execution, program: Program): string | undefined {
  for (const name of execution.packages) {
    if (signalPackages.has(name)) return name;
    if (name === '@nestjs/core' && mentions(execution, program, 'enableShutdownHooks')) return name;
    if (name.startsWith('@effect/platform-') && mentions(execution, program, 'runMain')) return name;
  }
  return undefined;
}

function mentions(execution: Execution, program: Program, method: string): boolean {
  for (const { path, fn } of program.callsNamed(method)) if (execution.live.get(path)?.has(fn)) return true;
  return false;
}

/** The files that load, directly or not, a file that imports something of MCP: only those can start a server. */
function filesLeadingToMcp(program: Program): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  const queue: string[] = [];
  for (const [path, facts] of program.files) {
    if (importsMcp(facts)) queue.push(path);
    for (const { specifier } of facts.imports) {
      const target = program.resolve(specifier, path);
      if (target.kind !== 'file') continue;
      const known = importers.get(target.path);
      if (known) known.push(path);
      else importers.set(target.path, [path]);
    }
  }
  const leading = new Set(queue);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const importer of importers.get(path) ?? []) {
      if (leading.has(importer)) continue;
      leading.add(importer);
      queue.push(importer);
    }
  }
  return leading;
}

function importsMcp(facts: SourceFacts): boolean {
  return facts.imports.some(({ specifier }) => /@modelcontextprotocol\/|mcp/.test(specifier));
}
