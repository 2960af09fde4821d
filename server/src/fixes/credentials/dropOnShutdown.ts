import type { Fix } from '../../engine/types.ts';
import type { Binding } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { type CredentialStore, unclearedIn } from '../../project/resources/credentials.ts';
import type { McpServer } from '../../project/server.ts';
import type { TextEdit } from '../../text/edits.ts';
import type { Step, StepsPlace } from '../handler/places/step.ts';
import { addedFunctions, type CalledAtExit, calledAtExit, placeOfSteps } from '../resources/calledAtExit.ts';
import { handlerStep } from '../resources/handlerStep.ts';
import { isEsModule } from '../source/moduleSystem.ts';
import { freeName } from '../source/names.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';

/** Says no more than is true: nothing is wiped by this. */
const comment = [
  '// References dropped; the strings stay in memory until they are collected. Revoking is the real control.',
];

/** What a shutdown calls to empty a store, and what the store's module gets for that. */
interface Drop {
  readonly called: CalledAtExit;
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
  const edits = calledAtExit(project, server, drop.called, drop.edits);
  const title = `Drop the credentials in ${store.binding.name} on shutdown`;
  return edits ? [{ ruleId, title, isSafe: false, isPreferred: true, edits }] : [];
}

/** The same as steps of the full handler, for all stores of a server. */
export function dropSteps(project: Project, server: McpServer, at: StepsPlace): Step[] {
  return unclearedIn(server).flatMap((store): Step[] => {
    const drop = dropFor(project, store, at.into.file.path);
    return drop ? handlerStep(drop.called, drop.edits, at) : [];
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
    const called = calling(owner, binding.name, statement.slice(0, -1));
    return isUsable ? { called, edits: [] } : undefined;
  }
  const name = `drop${binding.name.charAt(0).toUpperCase()}${binding.name.slice(1)}`;
  if (!freeName(owner.facts, [name])) return undefined;
  const code = `${isElsewhere && isEsModule(owner) ? 'export ' : ''}function ${name}()‹: void› {\n  ${statement}\n}`;
  const edits = [addedFunctions(owner, code, isElsewhere ? name : undefined)];
  return { called: calling(owner, name, `${name}()`), edits };
}

function calling(owner: PlannedFile, name: string, call: string): CalledAtExit {
  return { owner, name, call, step: 'credentials', what: 'credentials', isAsync: false, comments: comment };
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
