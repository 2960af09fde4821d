import type { Value } from '../value.ts';
import type { ResourceRow } from './row.ts';
import { databases } from './tables/databases.ts';
import { logs } from './tables/logs.ts';
import { messaging } from './tables/messaging.ts';
import { network } from './tables/network.ts';
import { processes } from './tables/processes.ts';
import { telemetryRows } from './tables/telemetry.ts';

/** Every resource that is known. */
export const resourceTable: readonly ResourceRow[] = [
  ...databases,
  ...messaging,
  ...processes,
  ...network,
  ...logs,
  ...telemetryRows,
];

/** What ends whatever it was given, and opens nothing of its own. */
export const generalKeepers: readonly ResourceRow[] = [
  {
    id: 'kysely',
    what: 'Kysely connection pool',
    kind: 'database',
    modules: ['kysely'],
    opens: ['Kysely()'],
    releases: ['x.destroy()'],
    step: 'data',
    settles: 'promise',
    keepsAlive: true,
    atExit: 'left behind',
  },
];

/** A way to release, taken apart. */
export interface ReleaseForm {
  /** `object`: a method of what was opened; `module`: of the package; `argument`: a function that it is handed to. */
  readonly on: 'object' | 'module' | 'argument';
  /** As `Value` writes it, without what it is called on: `end()`, `connection.close()`, `clearInterval()`. */
  readonly member: string;
}

/** @param text as a row writes it: `x.end()`, `module.close(2000)`, `clearInterval(x)` */
export function releaseForm(text: string): ReleaseForm {
  const member = text.replace(/\([^()]*\)$/, '()');
  if (member.startsWith('x.')) return { on: 'object', member: member.slice('x.'.length) };
  const own = member.replace(/^module\./, '');
  if (text.endsWith('(x)')) return { on: 'argument', member: own };
  return { on: 'module', member: own };
}

const rowsByModule = new Map<string, ResourceRow[]>();
for (const row of resourceTable) {
  for (const module of row.modules) rowsByModule.set(module, [...(rowsByModule.get(module) ?? []), row]);
}

/** The rows of a module, as `Value` names it. */
export function rowsOf(module: string): readonly ResourceRow[] {
  return rowsByModule.get(module) ?? [];
}

const patterns = new Map<string, RegExp>();

/** Whether a member path is what a row means: `*` stands for a way there without calls. */
export function isMeant(pattern: string, member: string): boolean {
  if (!pattern.includes('*')) return pattern === member;
  let known = patterns.get(pattern);
  if (!known) {
    known = new RegExp(`^${pattern.replace(/[.()[\]$]/g, '\\$&').replaceAll('*', '[^()]*')}$`);
    patterns.set(pattern, known);
  }
  return known.test(member);
}

/** The row that says a value was just opened. */
export function rowOpening(value: Value): ResourceRow | undefined {
  if (value.kind !== 'foreign') return undefined;
  return rowsOf(value.module).find(({ opens }) => opens.some((pattern) => isMeant(pattern, value.member)));
}

/** Methods that give the object that they are called on, or a promise of it. */
export const chainMethods: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'ref',
  'unref',
  ...resourceTable.flatMap(({ chain }) => chain ?? []),
]);
