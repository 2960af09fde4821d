import type { Fix } from '../../engine/types.ts';
import { imageShellOf } from '../../languages/dockerfile/imageShell.ts';
import type { GraceBudget } from '../../project/deployments/budgets.ts';
import type { Project } from '../../project/project.ts';
import type { TextEdit } from '../../text/edits.ts';
import { behindFirstKey } from './mapEdits.ts';
import { longerPeriod } from './periodFixes.ts';

/** Long enough for proxies and load balancers to learn that the pod is going. */
const delaySeconds = 5;

/** Delays SIGTERM with a preStop hook: Kubernetes' own `sleep`, or the image's where it has one. */
export function preStopFixes(project: Project, budget: GraceBudget, ruleId: string): Fix[] {
  const { dockerfile, stage } = budget.deployment;
  const shell = dockerfile && stage ? imageShellOf(dockerfile.facts, stage).kind : 'unknown';
  const hasSleep = !/^(none|unknown|windows)$/.test(shell);
  const action = fixWith(project, budget, ruleId, ['sleep:', `  seconds: ${delaySeconds}`]);
  const command = hasSleep
    ? fixWith(project, budget, ruleId, ['exec:', `  command: ["sleep", "${delaySeconds}"]`])
    : undefined;
  const how = { action: 'Kubernetes 1.30 or newer', command: "with the image's own sleep" };
  return [
    ...(action
      ? [{ ...action, title: `Delay SIGTERM by ${delaySeconds} s (${how.action})`, isPreferred: true }]
      : []),
    ...(command ? [{ ...command, title: `Delay SIGTERM by ${delaySeconds} s (${how.command})` }] : []),
  ];
}

function fixWith(
  project: Project,
  budget: GraceBudget,
  ruleId: string,
  action: readonly string[],
): Fix | undefined {
  const { pod, at } = budget.deployment;
  const text = project.files.get(at.path)?.text;
  if (!pod || text === undefined) return undefined;
  const lines = ['preStop:', ...action.map((line) => `  ${line}`)];
  const edit = pod.lifecycle
    ? behindFirstKey(text, pod.lifecycle.map, lines)
    : behindFirstKey(text, pod.container, ['lifecycle:', ...lines.map((line) => `  ${line}`)]);
  if (!edit) return undefined;
  const edits = new Map([[at.path, [edit]]]);
  for (const [path, more] of periodEdits(project, budget, ruleId)) {
    edits.set(path, [...(edits.get(path) ?? []), ...more]);
  }
  return { ruleId, title: '', isSafe: false, isPreferred: false, edits };
}

/** The delay counts inside the grace period, which may then be too short. */
function periodEdits(project: Project, budget: GraceBudget, ruleId: string): [string, TextEdit[]][] {
  const delayMs = delaySeconds * 1_000;
  const neededMs = budget.neededMs === undefined ? undefined : budget.neededMs + delayMs;
  if (neededMs === undefined || (budget.period.ms ?? neededMs) >= neededMs) return [];
  const preStop = { ms: delayMs, at: budget.deployment.at };
  const fix = longerPeriod(project, { ...budget, preStop, neededMs }, ruleId);
  return fix ? [...fix.edits].map(([path, edits]) => [path, [...edits]]) : [];
}
