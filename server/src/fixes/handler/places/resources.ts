import type { Binding } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { HeldResource } from '../../../project/resources/resource.ts';
import { shutdownSteps } from '../../../project/resources/row.ts';
import type { McpServer } from '../../../project/server.ts';
import { dropSteps } from '../../credentials/dropOnShutdown.ts';
import { exportedValues, isCommonJs } from '../../source/moduleSystem.ts';
import { plannedFile } from '../../source/plannedFile.ts';
import { vaultSteps } from '../../vault/revokeOnShutdown.ts';
import { isOnePackage } from '../onePackage.ts';
import { addedCloser, exportedCloser } from './closers.ts';
import { knownHere } from './knownHere.ts';
import { type HeldVariable, isTaken, type Step, type StepsPlace } from './step.ts';

export type { Step };

/**
 * The resources that can be released from a place: timers first, the logger last, and in the order they were opened
 * where that says nothing; what was taken from Vault, and credentials, once the database is closed.
 */
export function releaseSteps(project: Project, server: McpServer, at: StepsPlace): Step[] {
  const resources = inOrder(server.held);
  const isBeforeVault = ({ row }: HeldResource) =>
    shutdownSteps.indexOf(row.step) < shutdownSteps.indexOf('vault');
  // What another package would need for it is not worth the handler.
  const isNear = ({ insertions = [] }: Step) => isOnePackage(project, [...insertions, { into: at.into }]);
  const steps = [
    ...stepsFor(resources.filter(isBeforeVault), project, server, at),
    ...[...vaultSteps(project, server, at), ...dropSteps(project, server, at)].filter(isNear),
    ...stepsFor(
      resources.filter((resource) => !isBeforeVault(resource)),
      project,
      server,
      at,
    ),
  ];
  return steps.filter(({ run }, index) => steps.findIndex((other) => other.run === run) === index);
}

function stepsFor(
  resources: readonly HeldResource[],
  project: Project,
  server: McpServer,
  at: StepsPlace,
): Step[] {
  return resources.flatMap((resource): Step[] => {
    const { path, holders } = resource;
    // Of "log file that is still being written" the thing: it names the step in a log.
    const what = resource.what.replace(/ that .*$/, '');
    const known = knownHere(resource, at.into, server.calls.values);
    const here = known && settling(resource, 'const');
    if (known && here) return [{ what, run: here.replace(/\bx\b/, () => known.name), imports: [] }];
    const into = plannedFile(project, path);
    const holder = holders.find((each) => each.kind === 'variable');
    const binding = holder && into?.facts.bindings[holder.binding];
    const release = binding && settling(resource, binding.kind);
    if (!into || !binding || !release) return [];
    const step = stepFor({ what, into, binding, run: release.replace(/\bx\b/, () => binding.name) }, at);
    return step ? [step] : [];
  });
}

function inOrder(held: readonly HeldResource[]): HeldResource[] {
  const place = ({ row }: HeldResource) => shutdownSteps.indexOf(row.step);
  return [...held].sort((a, b) => place(a) - place(b));
}

/** The release as something to wait for, of `x`; `undefined` where that takes more than one call. */
export function settling(
  { releases: [release = ''], row }: HeldResource,
  kind: Binding['kind'],
): string | undefined {
  if (!/^(x\.[\w$]+\(\)|[\w$]+\(x\))$/.test(release)) return undefined;
  // A variable that is filled later may be empty still; then there is nothing that would call back.
  if (kind !== 'const') return row.settles === 'callback' ? undefined : release.replace(/^x\./, 'x?.');
  if (row.settles !== 'callback' || !release.endsWith('()')) return release;
  return `new Promise((resolve) => ${release.slice(0, -1)}resolve))`;
}

function stepFor(held: HeldVariable, at: StepsPlace): Step | undefined {
  const { what, into, binding, run } = held;
  const { name } = binding;
  if (into.file.path === at.into.file.path) {
    return isInScope(binding, at) ? { what, run, imports: [] } : undefined;
  }
  // What is required is loaded at once, and what it holds then is what the other file gets.
  const isRequired = isCommonJs(into);
  if (binding.owner !== 0 || (isCommonJs(at.into) && !isRequired)) return undefined;
  const isExported = exportedValues(into.facts).some((each) => each.name === name);
  if (!isExported || (isRequired && binding.kind !== 'const'))
    return exportedCloser(held, at.into) ?? addedCloser(held, at.into);
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
