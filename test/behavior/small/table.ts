import type { SmallProof } from './proof.ts';
import type { SmallScenario } from './scenario.ts';
import { type ShapeName, shapes } from './shapes.ts';

/** The part of the documentation page: a row a scenario, a column a shape of server. */
export function smallTable(scenarios: readonly SmallScenario[], proofs: readonly SmallProof[]): string {
  const names = Object.keys(shapes) as ShapeName[];
  const cell = (scenario: SmallScenario, shape: ShapeName) => {
    const proof = proofs.find((each) => each.scenario === scenario && each.shape === shape);
    return proof ? (proof.problem ? 'FAIL' : 'ok') : '';
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    '## Fixes that keep the handler',
    '',
    'Each row is a mistake in a handler, in servers of several shapes. Each server is run and stopped under the',
    'official client, without the fix, where it must go wrong, and with the fix, where what the row says must hold.',
    'The rule is silent after the fix, and no other finding comes that is as grave. TypeScript passes `tsc --strict`',
    'against the real packages, before and after. An empty cell: not run in that shape.',
    '',
    line(['', ...names.map((name) => shapes[name].title)]),
    line(['---', ...names.map(() => '---')]),
    ...scenarios.map((each) => line([`\`${each.name}\``, ...names.map((name) => cell(each, name))])),
    '',
    ...scenarios.map(({ name, meaning }) => `- \`${name}\`: ${meaning}`),
    '',
    'Run by tests of their own, with the real packages: `telemetry-not-flushed` and more of `audit-log-not-flushed`',
    '(test/unit/flushedTelemetry.test.ts, flushedLogs.test.ts), `vault-lease-not-revoked` (test/unit/revokeInVault.test.ts). What',
    '`credentials-not-cleared` does cannot be seen from outside: test/unit/lateSteps.test.ts looks at its text.',
    '',
  ].join('\n');
}

/** One entry a cell, as in matrix.ts. */
export function smallResults(proofs: readonly SmallProof[]): object[] {
  return proofs.map(({ scenario, shape, problem }) => ({
    title: `${scenario.name} ${shape}`,
    state: problem ? 'failed' : 'passed',
    error: problem,
  }));
}
