import type { Fix } from '../../engine/types.ts';
import type { ClassFact } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { isNestSingleton } from '../../project/resources/nestSingletons.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { asyncMethodEdits } from '../shutdown/asyncFunction.ts';
import { handlerCode } from '../shutdown/handlerCode.ts';
import { endOfBlock } from '../shutdown/moveLines.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import type { OpenAtExit } from './openAtExit.ts';
import { addedMethod, methodOf, ownRelease } from './ownMethod.ts';
import { waited } from './releaseCall.ts';

const hook = 'onApplicationShutdown';

/**
 * Releases what a NestJS provider keeps in a field by the provider's hook, which Nest calls when its listener is closed
 * and the requests are over. `[]` where it is kept elsewhere, or released by more than one call.
 */
export function releaseByHook(project: Project, open: OpenAtExit, ruleId: string): Fix[] {
  const { resource, server } = open;
  const holder = resource.holders.find((each) => each.kind === 'field');
  const owner = plannedFile(project, resource.path);
  const cls = holder && owner?.facts.classes[holder.cls];
  if (server.handledBy !== '@nestjs/core' || !owner || !cls) return [];
  const call = isNestSingleton(cls.id, owner.facts) ? ownRelease(open, holder, cls) : undefined;
  const edits = call && edited(project, owner, cls, `${waited(call.code, call.settles, call.mayHang)};`);
  if (!edits) return [];
  const title = `Release it in ${hook}: ${call.code.replace('?.', '.')}`;
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits: new Map([[owner.file.path, edits]]) }];
}

/** The statement in the hook that the class has, or in one that it gets. */
function edited(
  project: Project,
  owner: PlannedFile,
  cls: ClassFact,
  statement: string,
): TextEdit[] | undefined {
  const known = cls.members.find(({ name }) => name === hook);
  if (!known) return withHook(owner, cls, statement);
  const code = handlerCode(project, { path: owner.file.path, fn: known.fn });
  const end = code && endOfBlock(code);
  const asynchronous = code && asyncMethodEdits(code);
  if (!code || !end || !asynchronous) return undefined;
  const { style } = code;
  return [...asynchronous, insertAt(end.offset, inStyle(statement, style, end.indent) + style.newline)];
}

function withHook(owner: PlannedFile, cls: ClassFact, statement: string): TextEdit[] | undefined {
  const { name, range } = cls;
  const { path, text } = owner.file;
  const head = new RegExp(`\\bclass\\s+${name}\\b[^{}]*?(?=\\s*\\{)`).exec(
    text.slice(range.start, range.end),
  );
  const added = addedMethod(owner, cls, methodOf(hook, statement));
  if (!added || !head || name === '') return undefined;
  if (!codeStyleOf(path, text, owner.facts).isTypeScript) return [added];
  const type = 'OnApplicationShutdown';
  const { joining, lines } = importEdits([{ name: type, from: '@nestjs/common', isType: true }], owner);
  const implementing = `${/\bimplements\b/.test(head[0]) ? ',' : ' implements'} ${type}`;
  const headEnd = range.start + head.index + head[0].length;
  return [...joining, ...addedLines(lines, owner), insertAt(headEnd, implementing), added];
}
