import type { Project } from '../../project/project.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { addedFunctions } from '../resources/calledAtExit.ts';
import { lastImportEnd } from '../source/imports.ts';
import { isEsModule } from '../source/moduleSystem.ts';
import { freeName } from '../source/names.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { lineStart, startWithComments } from '../textStyle.ts';
import { byClient } from './clients.ts';
import { functionsOf, type Names, stateOf } from './code.ts';
import { byRequest } from './requests.ts';
import { withRemembering } from './secrets.ts';
import type { Way, Ways } from './way.ts';

/** Everything for giving back what was taken from Vault, but the call in a shutdown. */
export interface Revocation {
  /** The file that takes, and has the function then. */
  readonly owner: PlannedFile;
  /** The function that gives all of it back. */
  readonly name: string;
  /** What is given back: "lease and token". */
  readonly what: string;
  /** @param isElsewhere whether it is called in another file */
  edits(isElsewhere: boolean): readonly TextEdit[];
}

/** `undefined` where not all of it is taken in one file, or in a way that can be written down a second time. */
export function prepared(project: Project, takes: readonly VaultTake[]): Revocation | undefined {
  const [first] = takes;
  const owner = first && plannedFile(project, first.path);
  const names = owner && namesIn(owner);
  const ways = owner && takes.every(({ path }) => path === first.path) ? waysOf(takes, owner) : undefined;
  const state = names && ways && stateEdit(owner, stateOf(names, ways), takes);
  if (!owner || !names || !ways || !state) return undefined;
  const remembered = takes.map((take) => remembering(take, owner, names, ways));
  if (!remembered.every((edits) => edits !== undefined)) return undefined;
  const what = [...(ways.lease ? ['lease'] : []), ...(ways.token ? ['token'] : [])].join(' and ');
  const edits = (isElsewhere: boolean) => {
    const code = functionsOf(ways, names, isElsewhere && isEsModule(owner));
    return [state, ...remembered.flat(), addedFunctions(owner, code, isElsewhere ? names.revoke : undefined)];
  };
  return { owner, name: names.revoke, what, edits };
}

/** `undefined` where there is none for some of the takes. */
function waysOf(takes: readonly VaultTake[], owner: PlannedFile): Ways | undefined {
  const of = (kind: VaultTake['kind']) => takes.filter((take) => take.kind === kind);
  const [leases, tokens] = [of('lease'), of('token')];
  const token = wayOf(tokens, owner, false);
  const lease = wayOf(leases, owner, token !== undefined && token.passed.length === 0);
  const isAll = (leases.length === 0 || lease) && (tokens.length === 0 || token);
  return isAll ? { lease, token } : undefined;
}

function wayOf(takes: readonly VaultTake[], owner: PlannedFile, hasOwnToken: boolean): Way | undefined {
  const [first] = takes;
  if (!first || !takes.every(({ client }) => client === first.client)) return undefined;
  return first.client ? byClient(takes, owner) : byRequest(takes, owner, hasOwnToken);
}

function remembering(take: VaultTake, { facts }: PlannedFile, names: Names, ways: Ways) {
  const way = ways[take.kind];
  return (
    way &&
    withRemembering(take, facts, take.kind === 'lease' ? names.rememberLease : names.rememberToken, way)
  );
}

/** Names that the file has not; `undefined` where it has such functions already. */
function namesIn({ facts }: PlannedFile): Names | undefined {
  const leases = freeName(facts, ['leases', 'vaultLeases', 'takenLeases']);
  const others = ['ownToken', 'ownTokens', 'rememberLease', 'rememberToken', 'revokeVaultLeases'];
  if (!leases || others.some((name) => !freeName(facts, [name]))) return undefined;
  return {
    leases,
    rememberLease: 'rememberLease',
    rememberToken: 'rememberToken',
    revoke: 'revokeVaultLeases',
  };
}

/** The variables in front of what follows the imports; `undefined` where something is taken before that. */
function stateEdit(owner: PlannedFile, template: string, takes: readonly VaultTake[]): TextEdit | undefined {
  const { file, facts } = owner;
  const { text } = file;
  const style = codeStyleOf(file.path, text, facts);
  const at = stateOffset(owner);
  if (at === undefined || takes.some(({ call }) => call.start < at)) return undefined;
  const isApart = at === 0 || /(\r\n|\r|\n)[ \t]*(\r\n|\r|\n)$/.test(text.slice(0, at));
  const [before, behind] = [isApart ? '' : style.newline, style.newline + style.newline];
  return insertAt(at, before + inStyle(template, style) + behind);
}

function stateOffset(owner: PlannedFile): number | undefined {
  const { file, facts } = owner;
  const end = lastImportEnd(owner);
  const blank = /^\s*/.exec(file.text.slice(end))?.[0].length ?? 0;
  if (end > 0) return end + blank;
  const [first] = facts.functions[0]?.statements ?? [];
  return first && startWithComments(file.text, lineStart(file.text, first.start));
}
