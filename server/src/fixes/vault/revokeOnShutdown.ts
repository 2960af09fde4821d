import type { Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { McpServer } from '../../project/server.ts';
import type { TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { lastImportEnd } from '../handler/imports.ts';
import { insertAt } from '../handler/insertion.ts';
import { type PlannedFile, plannedFile } from '../handler/plannedFile.ts';
import { addedFunctions, calledAtExit, isEsModule, placeOfSteps } from '../resources/calledAtExit.ts';
import { freeName, lineStart, startWithComments } from '../shutdown/handlerCode.ts';
import { byClient } from './clients.ts';
import { byRequest } from './requests.ts';
import { functionsOf, type Names, stateOf, type Taken } from './revocation.ts';
import { withRemembering } from './secrets.ts';

/**
 * Remembers what a server takes from Vault, in the file that takes it, and gives it back in the SIGTERM handler, behind
 * the database that uses it. Offered where all of it is taken in one file in one way that the module can name, and
 * where the handler has one exit in an async function, or the list of steps of the full handler.
 * @param takes everything that is not given back
 */
export function revokeOnShutdown(
  project: Project,
  server: McpServer,
  takes: readonly VaultTake[],
  ruleId: string,
): Fix[] {
  const [first] = takes;
  const owner = first && plannedFile(project, first.path);
  const names = owner && namesIn(owner);
  const place = placeOfSteps(project, server);
  if (
    !owner ||
    !names ||
    !place ||
    !takes.every(({ path, client }) => path === first.path && client === first.client)
  )
    return [];
  const revocation = first.client ? byClient(takes, owner) : byRequest(takes, owner);
  if (!revocation) return [];
  const taken = has(takes);
  const remembered = takes.map((take) =>
    withRemembering(take, owner.facts, take.kind === 'lease' ? names.rememberLease : names.rememberToken),
  );
  const state = stateEdit(owner, stateOf(names, taken), takes);
  if (!state || !remembered.every((edits) => edits !== undefined)) return [];
  const isElsewhere = place.file.path !== owner.file.path;
  const code = functionsOf(revocation, names, taken, isElsewhere && isEsModule(owner));
  const functions = addedFunctions(owner, code, isElsewhere ? names.revoke : undefined);
  const edits = calledAtExit(
    project,
    server,
    {
      name: names.revoke,
      owner,
      step: 'vault',
      what: 'Vault',
      call: `${names.revoke}()`,
      isAsync: true,
      comments: [],
    },
    [state, ...remembered.flat(), functions],
  );
  return edits ? [{ ruleId, title: titleOf(taken), isSafe: false, isPreferred: true, edits }] : [];
}

function has(takes: readonly VaultTake[]): Taken {
  return {
    lease: takes.some(({ kind }) => kind === 'lease'),
    token: takes.some(({ kind }) => kind === 'token'),
  };
}

function titleOf({ lease, token }: Taken): string {
  const what = [...(lease ? ['lease'] : []), ...(token ? ['token'] : [])].join(' and ');
  return `Revoke the Vault ${what} on shutdown`;
}

/** Names that the file has not; `undefined` where it has such functions already. */
function namesIn({ facts }: PlannedFile): Names | undefined {
  const leases = freeName(facts, ['leases', 'vaultLeases', 'takenLeases']);
  const others = ['ownToken', 'rememberLease', 'rememberToken', 'revokeVaultLeases'];
  if (!leases || others.some((name) => !freeName(facts, [name]))) return undefined;
  return {
    leases,
    rememberLease: 'rememberLease',
    rememberToken: 'rememberToken',
    revoke: 'revokeVaultLeases',
  };
}

/** The variables behind the imports; `undefined` where something is taken before that. */
function stateEdit(owner: PlannedFile, template: string, takes: readonly VaultTake[]): TextEdit | undefined {
  const { file, facts } = owner;
  const style = codeStyleOf(file.path, file.text, facts);
  const code = inStyle(template, style);
  const at = lastImportEnd(owner);
  if (takes.some(({ call }) => call.start < at)) return undefined;
  if (at > 0) return insertAt(at, `${style.newline}${style.newline}${code}`);
  const first = facts.functions[0]?.statements.find((statement) => !isDirective(statement));
  if (!first) return undefined;
  const before = startWithComments(file.text, lineStart(file.text, first.start));
  return insertAt(before, `${code}${style.newline}${style.newline}`);
}

/** `'use strict'` has to stay the first statement. */
function isDirective(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expr.kind === 'literal';
}
