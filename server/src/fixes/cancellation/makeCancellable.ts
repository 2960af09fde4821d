import type { Fix } from '../../engine/types.ts';
import type { FunctionFact } from '../../languages/source/facts.ts';
import { memoized } from '../../project/memoize.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import type { ToolHandler } from '../../project/tools.ts';
import { functionKey } from '../../project/value.ts';
import { editsConflict, type FileEdits, type TextEdit } from '../../text/edits.ts';
import { contains } from '../../text/range.ts';
import { codeStyleOf } from '../codeStyle.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import type { ImportLine } from '../source/imports.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import type { FileEdit } from './handOn.ts';
import { addHelpers, type Helper, hasHelper } from './helpers.ts';
import { passesOf } from './passes.ts';
import { handlerExprOf, takeSignal } from './takeSignal.ts';
import { limited } from './timeLimit.ts';
import { trackedToo } from './track.ts';

/** What makes one tool cancellable. */
interface Change {
  readonly edits: readonly FileEdit[];
  readonly imports: readonly { readonly path: string; readonly line: ImportLine }[];
  readonly helpers: readonly { readonly path: string; readonly helper: Helper }[];
}

/** The ways to make a tool cancellable, the plain one first; `[]` where the shape of its handler is not known. */
export function makeCancellable(
  project: Project,
  server: McpServer,
  tool: ToolHandler,
  ruleId: string,
): Fix[] {
  const fix = (title: string, change: Change | undefined, isPreferred: boolean): Fix[] => {
    const edits = change && fileEdits(project, [change]);
    return edits ? [{ ruleId, title, isSafe: false, isPreferred, edits }] : [];
  };
  return [
    ...fix('Make this tool cancellable', changeOf(project, server, tool, false), true),
    ...fix('Make this tool cancellable, with a time limit', changeOf(project, server, tool, true), false),
    ...makeAllCancellable(project, server, ruleId),
  ];
}

function makeAllCancellable(project: Project, server: McpServer, ruleId: string): Fix[] {
  const edits = editsOfAll(project)(server);
  if (!edits) return [];
  const title = 'Make all tools of this server cancellable';
  return [{ ruleId, title, isSafe: false, isPreferred: false, edits }];
}

/** One change for all tools of a server, where there are several that it changes. Each finding offers the same one. */
const editsOfAll = memoized((project: Project) =>
  memoized((server: McpServer): FileEdits | undefined => {
    const tools = new Map(server.tools.map((tool) => [functionKey(tool), tool]));
    const changes = [...tools.values()].flatMap((tool) => changeOf(project, server, tool, false) ?? []);
    return changes.length > 1 ? fileEdits(project, changes) : undefined;
  }),
);

function changeOf(
  project: Project,
  server: McpServer,
  tool: ToolHandler,
  isLimited: boolean,
): Change | undefined {
  const into = plannedFile(project, tool.path);
  const handler = into?.facts.functions[tool.fn];
  if (!into || !handler || isWrapped(tool)) return undefined;
  const taken = takeSignal(into, tool, server.calls.program, isLimited);
  if (!taken) return undefined;
  const passes = passesOf(tool, server, project, isLimited ? 'signal' : taken.signal);
  const helpers = [
    ...passes.racing.map((path) => ({ path, helper: 'untilAborted' as const })),
    ...(isLimited ? [{ path: tool.path, helper: 'withTimeLimit' as const }] : []),
  ];
  const body = isLimited ? limited(into, handler, taken.signal, passes.edits.length > 0) : [];
  if (!body || (!isLimited && passes.edits.length === 0)) return undefined;
  if (!canHave(helpers, project) || (isLimited && isLimitedAlready(into, handler))) return undefined;
  const own = (edits: readonly TextEdit[]) => edits.map((edit) => ({ path: tool.path, edit }));
  const inside = isLimited ? passes.edits.map((each) => movedIn(each, tool, into)) : passes.edits;
  // What closes the body closes what is inside it first: both may end at one place.
  const edits = [
    ...own([...taken.edits, ...body.slice(0, -1)]),
    ...inside,
    ...own(body.slice(-1)),
    ...trackedToo(tool, server, project),
  ];
  return { edits, imports: passes.imports, helpers };
}

/** Whether files have helpers, or can get them. */
function canHave(helpers: Change['helpers'], project: Project): boolean {
  return helpers.every(({ path, helper }) => {
    const file = plannedFile(project, path);
    return file && hasHelper(file, helper) !== undefined;
  });
}

function isLimitedAlready({ file: { text } }: PlannedFile, { body }: FunctionFact): boolean {
  return /^\{?\s*(return )?withTimeLimit\(/.test(text.slice(body.start, body.end));
}

/** An edit of a function's body that is moved in by one level: its own new lines are too. */
function movedIn({ path, edit }: FileEdit, tool: ToolHandler, { file, facts }: PlannedFile): FileEdit {
  const handler = facts.functions[tool.fn];
  if (!handler || handler.isArrow || path !== tool.path || !contains(handler.body, edit))
    return { path, edit };
  const { indent } = codeStyleOf(file.path, file.text, facts);
  return { path, edit: { ...edit, newText: edit.newText.replace(/\n/g, `\n${indent}`) } };
}

/** What a wrapper hands on is not known; `bind` hands all on. */
function isWrapped({ registration }: ToolHandler): boolean {
  const last = registration && handlerExprOf(registration.call);
  if (last?.kind !== 'call') return false;
  return !(last.callee.kind === 'member' && last.callee.property === 'bind' && last.args.length === 1);
}

/** The changes as one; what several need stands there once. One that disturbs those before it is left out. */
function fileEdits(project: Project, changes: readonly Change[]): FileEdits | undefined {
  const byPath = new Map<string, Map<string, TextEdit>>();
  const kept: Change[] = [];
  for (const change of changes) {
    const fresh = change.edits.filter(({ path, edit }) => !byPath.get(path)?.has(keyOfEdit(edit)));
    const isDisturbing = fresh.some(({ path, edit }) =>
      editsConflict([edit], [...(byPath.get(path)?.values() ?? [])]),
    );
    if (isDisturbing) continue;
    kept.push(change);
    for (const { path, edit } of fresh) {
      const edits = byPath.get(path) ?? new Map<string, TextEdit>();
      byPath.set(path, edits.set(keyOfEdit(edit), edit));
    }
  }
  if (kept.length === 0) return undefined;
  return new Map(
    [...byPath].map(([path, edits]) => [path, [...edits.values(), ...additions(project, path, kept)]]),
  );
}

function keyOfEdit({ start, end, newText }: TextEdit): string {
  return `${start} ${end} ${newText}`;
}

/** Imports and helpers of a file. */
function additions(project: Project, path: string, changes: readonly Change[]): TextEdit[] {
  const into = plannedFile(project, path);
  if (!into) return [];
  const of = <T extends { path: string }>(list: readonly T[]) => list.filter((each) => each.path === path);
  const lines = changes.flatMap(({ imports }) => of(imports).map(({ line }) => line));
  const helpers = new Set(changes.flatMap((change) => of(change.helpers).map(({ helper }) => helper)));
  const imported = importEdits(lines, into);
  return [...imported.joining, ...addedLines(imported.lines, into), ...addHelpers(helpers, into)];
}
