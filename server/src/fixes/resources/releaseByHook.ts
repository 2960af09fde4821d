import type { Fix } from '../../engine/types.ts';
import type { ClassFact } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { isNestSingleton } from '../../project/resources/nestSingletons.ts';
import type { FieldHolder } from '../../project/resources/surroundings.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { asyncMethodEdits } from '../shutdown/asyncFunction.ts';
import { handlerCode } from '../shutdown/handlerCode.ts';
import { endOfBlock } from '../shutdown/moveLines.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { indentationAt, lineStart } from '../textStyle.ts';
import type { OpenAtExit } from './openAtExit.ts';
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
  if (server.handledBy !== '@nestjs/core' || !owner || !cls || holder.isStatic || resource.row.endsEarly)
    return [];
  const call = isNestSingleton(cls.id, owner.facts) ? callFor(open, holder, cls) : undefined;
  const edits = call && edited(project, owner, cls, `${waited(call.code, call.settles, call.mayHang)};`);
  if (!edits) return [];
  const title = `Release it in ${hook}: ${call.code.replace('?.', '.')}`;
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits: new Map([[owner.file.path, edits]]) }];
}

/** The provider's own method for it, else the library's. */
function callFor({ resource, releaser }: OpenAtExit, { name, cls: id }: FieldHolder, cls: ClassFact) {
  const { row, call, fn, path } = resource;
  const mayHang = row.mayHang ?? false;
  const own = cls.members.find((member) => releaser?.path === path && member.fn === releaser.fn);
  if (own && !own.isStatic && id === cls.id) {
    return {
      code: `this.${own.name}()`,
      settles: row.settles === 'at once' ? row.settles : 'promise',
      mayHang,
    } as const;
  }
  const [release = ''] = resource.releases;
  if (releaser || !/^x\.[\w$]+\(\)$/.test(release)) return undefined;
  const isAlways =
    cls.initializers.some((each) => each.name === name && each.value === call) ||
    cls.members.some((member) => member.name === 'constructor' && member.fn === fn);
  // What is not there yet would never call back.
  if (!isAlways && row.settles === 'callback') return undefined;
  const code = release.replace('x.', () => `this.${name}${isAlways ? '.' : '?.'}`);
  return { code, settles: row.settles, mayHang };
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

function withHook(owner: PlannedFile, { name, range }: ClassFact, statement: string): TextEdit[] | undefined {
  const { path, text } = owner.file;
  const style = codeStyleOf(path, text, owner.facts);
  const outer = indentationAt(text, range.end - 1);
  const head = new RegExp(`\\bclass\\s+${name}\\b[^{}]*?(?=\\s*\\{)`).exec(
    text.slice(range.start, range.end),
  );
  if (outer === undefined || !head || name === '') return undefined;
  const method = [
    `async ${hook}()‹: Promise<void>› {`,
    ...statement.split('\n').map((line) => `  ${line}`),
    '}',
  ].join('\n');
  const lines = style.newline + inStyle(method, style, outer + style.indent) + style.newline;
  const added = insertAt(lineStart(text, range.end - 1), lines);
  if (!style.isTypeScript) return [added];
  const type = 'OnApplicationShutdown';
  const { joining, lines: imports } = importEdits(
    [{ name: type, from: '@nestjs/common', isType: true }],
    owner,
  );
  const implementing = `${/\bimplements\b/.test(head[0]) ? ',' : ' implements'} ${type}`;
  const headEnd = range.start + head.index + head[0].length;
  return [...joining, ...addedLines(imports, owner), insertAt(headEnd, implementing), added];
}
