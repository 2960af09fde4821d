import type { Fix } from '../../engine/types.ts';
import type { Binding } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { type CredentialStore, unclearedIn } from '../../project/resources/credentials.ts';
import type { McpServer } from '../../project/server.ts';
import type { TextEdit } from '../../text/edits.ts';
import { isTaken, type Step, type StepsPlace } from '../handler/places/step.ts';
import { type PlannedFile, plannedFile } from '../handler/plannedFile.ts';
import { addedFunctions, calledAtExit, isEsModule, placeOfSteps } from '../resources/calledAtExit.ts';
import { freeName } from '../shutdown/handlerCode.ts';

/** Says no more than is true: nothing is wiped by this. */
const comment = [
  '// References dropped; the strings stay in memory until they are collected. Revoking is the real control.',
];

/** Emptying a store of credentials, but for the call in a shutdown. */
interface Drop {
  readonly owner: PlannedFile;
  /** What the shutdown calls, and the name in that which the store's module has to give. */
  readonly call: string;
  readonly name: string;
  /** What the store's module gets for that. */
  readonly edits: readonly TextEdit[];
}

/**
 * Empties a store of credentials late in the SIGTERM handler: behind what may still need them (the database, Vault),
 * before telemetry. Offered where the handler has one exit in an async function, or the list of steps of the
 * full handler, and the variable can be empty.
 */
export function dropOnShutdown(
  project: Project,
  server: McpServer,
  store: CredentialStore,
  ruleId: string,
): Fix[] {
  const place = placeOfSteps(project, server);
  const drop = place && dropFor(project, store, place.file.path);
  if (!drop) return [];
  const { name, owner, call } = drop;
  const step = { step: 'credentials', what: 'credentials', isAsync: false, comments: comment } as const;
  const edits = calledAtExit(project, server, { ...step, name, owner, call }, drop.edits);
  const title = `Drop the credentials in ${store.binding.name} on shutdown`;
  return edits ? [{ ruleId, title, isSafe: false, isPreferred: true, edits }] : [];
}

/** The same as steps of the full handler, for all stores of a server. */
export function dropSteps(project: Project, server: McpServer, { into }: StepsPlace): Step[] {
  return unclearedIn(server).flatMap((store): Step[] => {
    const drop = dropFor(project, store, into.file.path);
    if (!drop) return [];
    const { owner, name, call, edits } = drop;
    const isElsewhere = owner.file.path !== into.file.path;
    if (isElsewhere && (isTaken(name, into) || isEsModule(owner) !== isEsModule(into))) return [];
    const imports = isElsewhere ? [{ name, from: owner.file.path }] : [];
    const insertions = edits.length > 0 ? [{ into: owner, at: { edits }, code: '' }] : [];
    return [{ what: 'credentials', run: call, comments: comment, imports, insertions }];
  });
}

/** @param user the file that calls it */
function dropFor(project: Project, { path, binding }: CredentialStore, user: string): Drop | undefined {
  const owner = plannedFile(project, path);
  const statement = owner && emptying(binding, owner);
  if (!owner || !statement) return undefined;
  const isElsewhere = user !== path;
  const isAtHand = statement.endsWith('.clear();') && (!isElsewhere || isExported(binding, owner));
  if (isAtHand) {
    const isUsable = isElsewhere || isOnlyOne(binding, owner);
    return isUsable ? { owner, name: binding.name, call: statement.slice(0, -1), edits: [] } : undefined;
  }
  const name = `drop${binding.name.charAt(0).toUpperCase()}${binding.name.slice(1)}`;
  if (!freeName(owner.facts, [name])) return undefined;
  const code = `${isElsewhere && isEsModule(owner) ? 'export ' : ''}function ${name}()‹: void› {\n  ${statement}\n}`;
  const edits = [addedFunctions(owner, code, isElsewhere ? name : undefined)];
  return { owner, name, call: `${name}()`, edits };
}

/** The statement that empties the variable; `undefined` where its type leaves nothing for that. */
function emptying({ name, values, type, range }: Binding, { file }: PlannedFile): string | undefined {
  const isCollection = values.some(({ expr }) => expr.kind === 'call' && expr.isNew);
  if (isCollection) return `${name}.clear();`;
  // What has no type and no value at its declaration may be anything.
  const isFree = !/\.[cm]?tsx?$/i.test(file.path) || /^\s*(;|[\r\n]|$)/.test(file.text.slice(range.end));
  const empty = emptyValue(type, values[0]?.expr, isFree);
  return empty && `${name} = ${empty};`;
}

function emptyValue(
  type: string | undefined,
  first: Binding['values'][number]['expr'] | undefined,
  isFree: boolean,
): string | undefined {
  const start = first?.kind === 'literal' ? first.value : undefined;
  if (start === '' || type === 'string') return "''";
  if (start === null || /\|\s*null\b|\bnull\s*\|/.test(type ?? '')) return 'null';
  if (isFree || /\bundefined\b|^any$|^unknown$/.test(type ?? '')) return 'undefined';
  return undefined;
}

function isExported({ id, name }: Binding, { facts }: PlannedFile): boolean {
  return facts.exports.some(
    (fact) =>
      fact.kind === 'value' &&
      fact.name === name &&
      ((fact.value.kind === 'name' && fact.value.binding === id) ||
        facts.bindings[id]?.values.some(({ expr }) => expr === fact.value)),
  );
}

/** Whether the name means this variable wherever it stands in the file. */
function isOnlyOne({ name }: Binding, { facts }: PlannedFile): boolean {
  return facts.bindings.filter((other) => other.name === name).length === 1;
}
