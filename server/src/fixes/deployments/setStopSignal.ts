import type { Fix } from '../../engine/types.ts';
import type { GraceBudget } from '../../project/deployments/budgets.ts';
import { platforms } from '../../project/deployments/platforms.ts';
import type { Project } from '../../project/project.ts';
import { setKey } from './setKey.ts';

/** Stops the server of a budget with SIGTERM: in the place of the signal that is named now, or by a new key. */
export function setStopSignal(project: Project, budget: GraceBudget, ruleId: string): Fix[] {
  const { signal, deployment } = budget;
  const title = 'Stop it with SIGTERM';
  const common = { ruleId, title, isSafe: true, isPreferred: true };
  if (signal.named) {
    const { path, range } = signal.named.at;
    const written = project.files.get(path)?.text.slice(range.start, range.end) ?? '';
    const at = written.lastIndexOf(signal.named.name);
    // Twice in a place that is only known roughly: which of them is meant is not known.
    if (at < 0 || written.indexOf(signal.named.name) !== at) return [];
    const start = range.start + at;
    const edit = { start, end: start + signal.named.name.length, newText: 'SIGTERM' };
    return [{ ...common, edits: new Map([[path, [edit]]]) }];
  }
  const { signalKey, name } = platforms[deployment.platform];
  if (!signalKey || !deployment.signalHolder) return [];
  const { language = 'other' } = project.files.get(deployment.at.path)?.facts ?? {};
  const edits = setKey(project, undefined, deployment.signalHolder, {
    key: signalKey,
    value: /^(toml|hcl)$/.test(language) ? '"SIGTERM"' : 'SIGTERM',
    quotedValue: 'SIGTERM',
    comment: `the signal that the server handles; ${name} sends ${signal.name} by default`,
  });
  return edits ? [{ ...common, edits }] : [];
}
