import type { PackageFacts } from '../languages/packageJson.ts';
import type { SourceFacts } from '../languages/source/facts.ts';
import { basename, dirname } from '../text/paths.ts';
import { type Execution, execute } from './execution.ts';
import { heldIn } from './held.ts';
import { sdkOf } from './mcpPackages.ts';
import type { Program } from './program.ts';
import type { Declaration, McpServer } from './server.ts';
import { type SignalListener, signalListenersIn } from './signals.ts';
import { type ServerStart, startsIn, type Transport } from './transports.ts';
import { Values } from './values.ts';

/** Packages that listen to SIGTERM on the user's behalf as soon as they are used. */
const signalPackages = new Set([
  '@godaddy/terminus',
  '@moebius/http-graceful-shutdown',
  'async-exit-hook',
  'close-with-grace',
  'death',
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

/**
 * The MCP servers that start in the given entry files. An entry that starts nothing is a library or a script and
 * gives none; entries that start the same places are one server (a bin that imports the main file).
 */
export function findServers(
  entries: readonly EntryFile[],
  program: Program,
  packageOf: PackageOf,
): McpServer[] {
  const plain = new Values(program);
  const values = new Values(program, plain);
  const servers: McpServer[] = [];
  for (const entry of entries) {
    if (!mayStart(entry.path, program)) continue;
    const server = serverOf(entry, execute(entry.path, program, plain), program, values, packageOf);
    if (server) servers.push(server);
  }
  return withoutLeftovers(withoutRepeats(servers));
}

function serverOf(
  entry: EntryFile,
  execution: Execution,
  program: Program,
  values: Values,
  packageOf: PackageOf,
): McpServer | undefined {
  const starts = inLive(execution, (path, fn) => startsIn(path, fn, program, values));
  const made = new Set(starts.flatMap(({ transport }): Transport[] => (transport ? [transport] : [])));
  const listens = starts.some(({ kind }) => kind === 'listen');
  const transports = new Set([...made].filter((transport) => transport === 'stdio' || listens));
  if (transports.size === 0) return undefined;
  const owner = packageOf(entry.path);
  const isNetwork = [...transports].some((transport) => transport !== 'stdio');
  return {
    entry: entry.path,
    name: owner?.facts.name ?? basename(entry.path),
    packageFile: owner?.path,
    sdk: owner && sdkOf(owner.facts),
    declaredAt: entry.declaredAt,
    starts: starts.filter(({ kind, transport }) =>
      kind === 'listen' ? isNetwork : transport && transports.has(transport),
    ),
    transports,
    isNetwork,
    listeners: inLive(execution, (path, fn) => signalListenersIn(path, fn, program, values)),
    deadListeners: deadListeners(execution, program, values),
    handledBy: handledBy(execution, program),
    held: inLive(execution, (path, fn) => heldIn(path, fn, program, values)),
    execution,
  };
}

/** What `find` gives for every live function, in the order of files and text. */
function inLive<T>(execution: Execution, find: (path: string, fn: number) => readonly T[]): T[] {
  const found: T[] = [];
  for (const [path, functions] of execution.live) {
    for (const fn of [...functions].sort((a, b) => a - b)) found.push(...find(path, fn));
  }
  return found;
}

function deadListeners(execution: Execution, program: Program, values: Values): SignalListener[] {
  const dead: SignalListener[] = [];
  for (const [path, live] of execution.live) {
    for (const { id } of program.facts(path)?.functions ?? []) {
      if (!live.has(id)) dead.push(...signalListenersIn(path, id, program, values));
    }
  }
  return dead;
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

/** Quick look before an entry is followed: the files it loads must hold a word that starts a server. */
function mayStart(entry: string, program: Program): boolean {
  const seen = new Set<string>([entry]);
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const facts = program.facts(path);
    if (!facts) continue;
    if (importsMcp(facts)) return true;
    for (const { specifier } of facts.imports) {
      const target = program.resolve(specifier, path);
      if (target.kind !== 'file' || seen.has(target.path)) continue;
      seen.add(target.path);
      queue.push(target.path);
    }
  }
  return false;
}

function importsMcp(facts: SourceFacts): boolean {
  return facts.imports.some(({ specifier }) => /^@modelcontextprotocol\/|mcp/.test(specifier));
}

/**
 * A file that nothing names and nothing imports, in a package whose real server is named, is an experiment or was
 * left behind.
 */
function withoutLeftovers(servers: readonly McpServer[]): McpServer[] {
  const named = new Set(
    servers.filter(({ declaredAt }) => declaredAt.length > 0).map((server) => server.packageFile),
  );
  return servers.filter(({ declaredAt, packageFile }) => declaredAt.length > 0 || !named.has(packageFile));
}

/** Of servers that start the same places the one that is declared, else the first, stays; declarations are joined. */
function withoutRepeats(servers: readonly McpServer[]): McpServer[] {
  const byStarts = new Map<string, McpServer>();
  for (const server of servers) {
    const key = server.starts.map(startKey).sort().join('|');
    const known = byStarts.get(key);
    if (!known) byStarts.set(key, server);
    else {
      const [kept, other] =
        known.declaredAt.length === 0 && server.declaredAt.length > 0 ? [server, known] : [known, server];
      byStarts.set(key, { ...kept, declaredAt: [...kept.declaredAt, ...other.declaredAt] });
    }
  }
  return [...byStarts.values()].sort((a, b) => (dirname(a.entry) < dirname(b.entry) ? -1 : 1));
}

function startKey({ path, call }: ServerStart): string {
  return `${path}:${call.start}`;
}
