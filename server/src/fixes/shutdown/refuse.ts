import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { Route } from '../../project/serving.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { FileEdits } from '../../text/edits.ts';
import type { WiringPart } from '../handler/http/framework.ts';
import type { GuardUse } from '../handler/http/guard.ts';
import { frameworkOf, requestFramework } from '../handler/http/index.ts';
import { inlineEdits, insertedEdits } from '../handler/inline.ts';
import { declaredIn } from '../handler/wiring.ts';
import { type Insertion, startOf } from '../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { canAsk, type Flag, flagsSetBy } from './flag.ts';

/** Answers new calls with 503 in front of the MCP route once the handler has set its flag. */
export function refuseCalls(project: Project, one: AssessedPath, ruleId: string): Fix[] {
  const { server, path } = one;
  const edits = askingEdits(project, flagsSetBy(project, path.view), (use) => {
    const guard = requestFramework(server)?.guard(project, server, use);
    // NestJS calls hooks of its own, and fastmcp makes its listener itself.
    return guard?.rootModule || guard?.closesListener || server.transports.has('sse') ? undefined : guard;
  });
  return edits ? [fixOf(ruleId, 'Answer new calls with 503 while the server stops', edits)] : [];
}

/** Answers 503 in front of the health routes once the handler has set its flag. */
export function failHealthChecks(
  project: Project,
  { path }: AssessedPath,
  routes: readonly Route[],
  ruleId: string,
): Fix[] {
  const [framework, ...others] = new Set(routes.map((route) => route.framework));
  const places = new Set(routes.map(({ branch, call }) => branch?.site ?? call));
  const edits = askingEdits(project, flagsSetBy(project, path.view), (use) => {
    const part = others.length === 0 ? frameworkOf(framework)?.health?.(project, routes, use) : undefined;
    return part && part.insertions.length >= places.size ? part : undefined;
  });
  return edits ? [fixOf(ruleId, 'Answer 503 while the server stops', edits)] : [];
}

function fixOf(ruleId: string, title: string, edits: FileEdits): Fix {
  // Clients and load balancers see other answers than before.
  return { ruleId, title, isSafe: false, isPreferred: true, edits };
}

/** Writes functions that ask one of some flags, where it can be asked; `undefined` for nowhere. */
function askingEdits(
  project: Project,
  flags: readonly Flag[],
  partFor: (use: GuardUse) => WiringPart | undefined,
): FileEdits | undefined {
  for (const flag of flags) {
    const into = plannedFile(project, flag.path);
    const part = partFor({ stops: flag.name, runs: `!${flag.name}`, keeps: 'nothing' });
    if (!into || !part || part.insertions.length === 0) continue;
    const isSeen = part.insertions.every(
      (each) => each.into.file.path === flag.path && canAsk(flag, into.facts, startOf(each.at)),
    );
    const edits = isSeen ? placed(part, flag, into) : undefined;
    if (edits) return edits;
  }
  return undefined;
}

/** The functions go to the end of the file, or into the function that the flag belongs to, above their first use there. */
function placed(
  { insertions, functions, imports }: WiringPart,
  flag: Flag,
  main: PlannedFile,
): FileEdits | undefined {
  const code = functions.join('\n\n');
  if (flag.owner === 0)
    return inlineEdits({ main, state: '', functions: code, imports, insertions, named: [] });
  const taken = new Set(main.facts.bindings.map(({ name }) => name));
  const first = Math.min(...insertions.map(({ at }) => startOf(at)));
  const statement = main.facts.functions[flag.owner]?.statements.find(
    ({ start, end }) => start <= first && first <= end,
  );
  if (!statement || declaredIn(code).some((name) => taken.has(name))) return undefined;
  const own: Insertion = { into: main, at: { before: statement }, code: `${code}\n`, imports };
  return insertedEdits([own, ...insertions]);
}
