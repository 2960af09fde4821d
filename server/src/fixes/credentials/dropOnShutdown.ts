import type { Fix } from '../../engine/types.ts';
import type { Binding } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { CredentialStore } from '../../project/resources/credentials.ts';
import type { McpServer } from '../../project/server.ts';
import { type PlannedFile, plannedFile } from '../handler/plannedFile.ts';
import { addedFunctions, calledAtExit, isEsModule, placeOfSteps } from '../resources/calledAtExit.ts';
import { freeName } from '../shutdown/handlerCode.ts';

/** Says no more than is true: nothing is wiped by this. */
const comment = [
  '// References dropped; the strings stay in memory until they are collected. Revoking is the real control.',
];

/**
 * Empties a store of credentials late in the SIGTERM handler: behind what may still need them (the database, Vault),
 * before telemetry. Offered where the handler has one exit in an async function, or the list of steps of the
 * full handler, and the variable can be empty.
 */
export function dropOnShutdown(
  project: Project,
  server: McpServer,
  { path, binding }: CredentialStore,
  ruleId: string,
): Fix[] {
  const owner = plannedFile(project, path);
  const place = placeOfSteps(project, server);
  const statement = owner && place && emptying(binding, owner);
  if (!owner || !place || !statement) return [];
  const isElsewhere = place.file.path !== path;
  const isAtHand = statement.endsWith('.clear();') && (!isElsewhere || isExported(binding, owner));
  const name = isAtHand
    ? binding.name
    : `drop${binding.name.charAt(0).toUpperCase()}${binding.name.slice(1)}`;
  if (!isAtHand && !freeName(owner.facts, [name])) return [];
  const isUsable = !isAtHand || isElsewhere || isOnlyOne(binding, owner);
  const code = `${isElsewhere && isEsModule(owner) ? 'export ' : ''}function ${name}()‹: void› {\n  ${statement}\n}`;
  const called = {
    name,
    owner,
    step: 'credentials' as const,
    what: 'credentials',
    call: isAtHand ? statement.slice(0, -1) : `${name}()`,
    isAsync: false,
    comments: comment,
  };
  const own = isAtHand ? [] : [addedFunctions(owner, code, isElsewhere ? name : undefined)];
  const edits = isUsable ? calledAtExit(project, server, called, own) : undefined;
  const title = `Drop the credentials in ${binding.name} on shutdown`;
  return edits ? [{ ruleId, title, isSafe: false, isPreferred: true, edits }] : [];
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
