import type { Binding } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { plannedFile } from '../plannedFile.ts';
import { addedCloser, exportedCloser } from './closers.ts';
import { type HeldVariable, isTaken, type Step, type StepsPlace } from './step.ts';

export type { Step };

/** The resources that can be released from a place, in the order they were opened. */
export function releaseSteps(project: Project, { held }: McpServer, at: StepsPlace): Step[] {
  const steps = held.flatMap(({ path, what, release, holders }): Step[] => {
    const into = plannedFile(project, path);
    const holder = holders.find((each) => each.kind === 'variable');
    const binding = holder && into?.facts.bindings[holder.binding];
    if (!into || !binding || !release) return [];
    // A variable that is filled later may be empty still.
    const opened = binding.kind === 'const' ? release : release.replace(/^x\./, 'x?.');
    const step = stepFor({ what, into, binding, run: opened.replace('x', () => binding.name) }, at);
    return step ? [step] : [];
  });
  return steps.filter(({ run }, index) => steps.findIndex((other) => other.run === run) === index);
}

function stepFor(held: HeldVariable, at: StepsPlace): Step | undefined {
  const { what, into, binding, run } = held;
  const { name } = binding;
  if (into.file.path === at.into.file.path) {
    return isInScope(binding, at) ? { what, run, imports: [] } : undefined;
  }
  if (binding.owner !== 0) return undefined;
  const isExported = into.facts.exports.some((fact) => fact.kind === 'value' && fact.name === name);
  if (!isExported) return exportedCloser(held, at.into) ?? addedCloser(held, at.into);
  return isTaken(name, at.into) ? undefined : { what, run, imports: [{ name, from: into.file.path }] };
}

/** A variable of the module, or of a function around the place that was declared before it, outside of blocks. */
function isInScope({ owner, range }: Binding, { into: { facts }, fn, statement }: StepsPlace): boolean {
  if (owner === 0) return true;
  const own = facts.functions[owner]?.statements ?? [];
  const isOutsideOfBlocks = own.some(
    ({ kind, start, end }) => kind === 'declare' && start <= range.start && range.end <= end,
  );
  if (!isOutsideOfBlocks || range.start > statement.start) return false;
  for (let at = fn; at > 0; at = facts.functions[at]?.parent ?? 0) if (at === owner) return true;
  return false;
}
