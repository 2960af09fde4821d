import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { disableForFile, disableForLine } from '../engine/disableComments.ts';
import type { FindingKey, Outcome } from '../engine/outcome.ts';
import { unusedSuppressionId } from '../engine/suppressions.ts';
import type { Finding } from '../engine/types.ts';
import type { FileEdits, TextEdit } from '../text/edits.ts';
import { type Range, touches } from '../text/range.ts';
import type { Client } from './client.ts';
import { diagnosticSource, fixAllKind, openRuleCommand } from './protocol.ts';
import { type Refactoring, refactoringsAt, rewriteKind } from './refactorings.ts';
import type { Change } from './workspaceEdits.ts';

/** What code actions ask of their surroundings. */
export interface CodeActionContext {
  readonly client: Client;
  readonly outcome: Outcome;
  toDiagnostic(finding: Finding): Diagnostic;
  /** `undefined`: the edits are of texts that are no more. */
  toWorkspaceEdit(change: Change): WorkspaceEdit | undefined;
}

/** Carried by a code action until it is resolved; without `finding` it stands for all of the document's. */
interface ActionData {
  readonly path: string;
  readonly finding?: FindingKey;
}

/** Something that a person may do about a finding; `edits` may be costly and is called when it is chosen. */
interface Choice {
  readonly title: string;
  readonly isSafe: boolean;
  readonly isPreferred?: boolean;
  edits(): FileEdits | undefined | Promise<FileEdits | undefined>;
}

/** The code actions for a range of a file, without their edits where the client asks for those later. */
export async function codeActions(
  path: string,
  params: CodeActionParams,
  context: CodeActionContext,
): Promise<CodeAction[]> {
  const { only } = params.context;
  const actions: CodeAction[] = [];
  if (only?.some((kind) => covers(kind, fixAllKind))) actions.push(...(await fixAllAction(path, context)));
  if (!only || only.some((kind) => covers(kind, CodeActionKind.QuickFix))) {
    for (const finding of findingsAt(path, params, context.outcome)) {
      actions.push(...(await actionsFor(path, finding, context)));
    }
  }
  if (!only || only.some((kind) => covers(kind, rewriteKind))) {
    // What is offered as a quick fix already is not offered twice.
    const offered = new Set(actions.map(({ title }) => title));
    const others = refactoringsAt(path, params, context.outcome.project);
    actions.push(
      ...others.filter(({ title }) => !offered.has(title)).flatMap((each) => rewrite(each, context)),
    );
  }
  return actions;
}

/** With its edit: to find the place again in another text, there is no finding to go by. */
function rewrite(refactoring: Refactoring, { toWorkspaceEdit }: CodeActionContext): CodeAction[] {
  const edit = toWorkspaceEdit(refactoring);
  return edit ? [{ title: refactoring.title, kind: rewriteKind, edit }] : [];
}

/**
 * The action with its edit, computed from the present texts. Without an edit when what it was offered for is
 * gone or another now: the client then does nothing.
 */
export async function resolveCodeAction(action: CodeAction, context: CodeActionContext): Promise<CodeAction> {
  if (action.edit) return action;
  const { path, finding: key } = action.data as ActionData;
  const finding = key && context.outcome.find(path, key);
  if (key && !finding) return action;
  const choices = finding ? await choicesFor(finding, context) : [fixAllChoice(path, context)];
  const choice = choices.find(({ title }) => title === action.title);
  const edit = choice && (await editOf(choice, context));
  return edit ? { ...action, edit } : action;
}

/** Whether a kind that the client asks for includes `kind`: `source` includes `source.fixAll`. */
function covers(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

/** The findings that touch the range, and those whose diagnostics the client names (it may mean the line). */
function findingsAt(path: string, { range, context }: CodeActionParams, outcome: Outcome): Finding[] {
  const lines = outcome.project.files.get(path)?.lines;
  if (!lines) return [];
  const asked: Range = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const named = context.diagnostics
    .filter(({ source, data }) => source === diagnosticSource && data)
    .map(({ data }) => outcome.find(path, data as FindingKey));
  const caused = outcome.causedIn(path).filter((each) => touches(each.range, asked));
  return [
    ...outcome.inFile(path).filter((finding) => touches(finding.range, asked) || named.includes(finding)),
    ...new Set(caused.map(({ finding }) => finding)),
  ];
}

/** @param path the file in which they are asked for */
async function actionsFor(path: string, finding: Finding, context: CodeActionContext): Promise<CodeAction[]> {
  const { client, outcome } = context;
  const diagnostics = finding.path === path ? [context.toDiagnostic(finding)] : [];
  const base = { kind: CodeActionKind.QuickFix, diagnostics };
  const data: ActionData = { path: finding.path, finding: outcome.keyOf(finding) };
  const all = await choicesFor(finding, context);
  // A comment that disables it belongs into the finding's own file.
  const choices = finding.path === path ? all : all.filter(({ title }) => !title.startsWith('Disable '));
  const actions = await Promise.all(
    choices.map((choice) => toCodeAction(choice, { ...base, data }, context)),
  );
  const title = `Open the documentation of ${finding.ruleId}`;
  const open = { ...base, title, command: { title, command: openRuleCommand, arguments: [finding.ruleId] } };
  return [...actions.flat(), ...(client.opensRules ? [open] : [])];
}

/** The action, with its edit where the client cannot ask for it; none when there is nothing to edit. */
async function toCodeAction(
  choice: Choice,
  base: Omit<CodeAction, 'title'>,
  context: CodeActionContext,
): Promise<CodeAction[]> {
  const { title, isPreferred } = choice;
  const action: CodeAction = { ...base, title, ...(isPreferred && { isPreferred }) };
  if (context.client.resolvesEdits) return [action];
  const edit = await editOf(choice, context);
  return edit ? [{ ...action, edit }] : [];
}

async function editOf(
  choice: Choice,
  { toWorkspaceEdit }: CodeActionContext,
): Promise<WorkspaceEdit | undefined> {
  const edits = await choice.edits();
  return edits && toWorkspaceEdit({ ...choice, edits });
}

async function choicesFor(finding: Finding, { outcome }: CodeActionContext): Promise<Choice[]> {
  const fixes = (await outcome.fixesOf(finding)).map(
    ({ edits, ...fix }): Choice => ({ ...fix, edits: () => edits }),
  );
  const { ruleId, path, range } = finding;
  const file = outcome.project.files.get(path);
  // A comment that does nothing is taken away, not silenced by one more.
  if (!file || ruleId === unusedSuppressionId) return fixes;
  const whole = disableForFile(file, ruleId);
  // A language without comments has neither.
  if (!whole) return fixes;
  return [
    ...fixes,
    {
      title: `Disable ${ruleId} for this line`,
      isSafe: true,
      edits: async () => inFile(path, await disableForLine(file, range.start, ruleId)),
    },
    { title: `Disable ${ruleId} for this file`, isSafe: true, edits: () => inFile(path, whole) },
  ];
}

function inFile(path: string, edit: TextEdit | undefined): FileEdits | undefined {
  return edit && new Map([[path, [edit]]]);
}

async function fixAllAction(path: string, context: CodeActionContext): Promise<CodeAction[]> {
  const choice = fixAllChoice(path, context);
  const data: ActionData = { path };
  return (await choice.edits()) ? toCodeAction(choice, { kind: fixAllKind, data }, context) : [];
}

function fixAllChoice(path: string, { outcome }: CodeActionContext): Choice {
  return { title: 'Apply all safe MCP shutdown fixes', isSafe: true, edits: () => outcome.fixAllIn(path) };
}
