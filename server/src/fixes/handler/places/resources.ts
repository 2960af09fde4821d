import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { holderOf, statementAround } from '../../source/statements.ts';
import type { ImportLine } from '../imports.ts';
import { type PlannedFile, plannedFile } from '../plannedFile.ts';

/** A step of the clean-up after the drain. */
export interface Step {
  /** In a reader's words, for the log. */
  readonly what: string;
  /** An expression: `pool.end()`. */
  readonly run: string;
  readonly imports: readonly ImportLine[];
}

/**
 * The resources that can be released from `main`, in the order they were opened: its own module-level variables and
 * exported ones of others.
 */
export function releaseSteps(project: Project, { held }: McpServer, main: PlannedFile): Step[] {
  return held.flatMap(({ path, fn, call, what, release }): Step[] => {
    const planned = plannedFile(project, path);
    const statement = planned && fn === 0 ? statementAround(planned.facts, fn, call) : undefined;
    const name = planned && statement && holderOf(statement, call, planned.facts, planned.file.text);
    if (!planned || !name || !release || !/^\w+$/.test(name)) return [];
    const run = release.replace('x', () => name);
    if (path === main.file.path) return [{ what, run, imports: [] }];
    const isExported = planned.facts.exports.some((fact) => fact.kind === 'value' && fact.name === name);
    // Another thing of that name in the main file would be released in its place.
    const isTaken = main.facts.bindings.some((binding) => binding.name === name && binding.kind !== 'import');
    return isExported && !isTaken ? [{ what, run, imports: [{ name, from: path }] }] : [];
  });
}
