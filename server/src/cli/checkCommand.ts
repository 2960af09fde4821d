import { type Rule, severities } from '../engine/types.ts';
import { checkProject, type ProjectOutcome } from './checkProject.ts';
import { readConfigOption } from './configOption.ts';
import type { Environment } from './environment.ts';
import type { CheckCommand } from './options.ts';
import type { CheckReport } from './report.ts';
import { jsonReport } from './reporters/json.ts';
import { sarifReport } from './reporters/sarif.ts';
import { textReport } from './reporters/text.ts';
import { findTargets } from './targets.ts';
import { painter, printable, wantsColor } from './terminal.ts';

/** `mcp-shutdown check`. @returns the exit code. @throws UsageError when it cannot run as asked. */
export async function checkCommand(
  command: CheckCommand,
  environment: Environment,
  rules: readonly Rule[],
): Promise<number> {
  const ruleIds = rules.map(({ id }) => id);
  const sources = await readConfigOption(command.config, environment, ruleIds);
  const { base, byRoot } = await findTargets(command.paths, environment);
  const outcomes: ProjectOutcome[] = [];
  for (const [root, paths] of byRoot) {
    const only = command.rules.length > 0 ? command.rules : undefined;
    outcomes.push(
      await checkProject(environment.fileSystem, {
        root,
        paths,
        rules,
        ruleIds: only,
        sources,
        fix: command.fix,
      }),
    );
  }
  const isSaved = await save(outcomes, environment);
  const report = reportOf(
    outcomes,
    { base, cwd: environment.cwd, rules, version: environment.version },
    command,
  );
  environment.write(rendered(report, command, environment));
  if (command.format === 'text') writeNotes(report, command, environment);
  if (report.failures.length > 0 || !isSaved) return 2;
  const loudEnough = severities.slice(0, severities.indexOf(command.failOn) + 1);
  return report.findings.some(({ severity }) => loudEnough.includes(severity)) ? 1 : 0;
}

/** Writes what the fixes changed. @returns whether all of it could be written; what could not is said. */
async function save(outcomes: readonly ProjectOutcome[], environment: Environment): Promise<boolean> {
  let isSaved = true;
  for (const { path, before, after } of outcomes.flatMap(({ changes }) => changes)) {
    try {
      await environment.saveText(path, before, after);
    } catch (error) {
      isSaved = false;
      environment.writeError(`mcp-shutdown: ${printable((error as Error).message)}\n`);
    }
  }
  return isSaved;
}

function reportOf(
  outcomes: readonly ProjectOutcome[],
  facts: Pick<CheckReport, 'base' | 'cwd' | 'rules' | 'version'>,
  { fix, hints }: CheckCommand,
): CheckReport {
  const sum = (count: (outcome: ProjectOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const all = outcomes.flatMap(({ findings }) => findings);
  const findings = hints ? all : all.filter(({ severity }) => severity !== 'hint');
  return {
    ...facts,
    findings,
    hiddenHints: all.length - findings.length,
    fixed: fix === 'none' ? undefined : sum(({ fixed }) => fixed),
    limits: outcomes.flatMap(({ limits }) => limits),
    failures: outcomes.flatMap(({ failures }) =>
      failures.map(({ ruleId, error }) => ({ ruleId, message: errorText(error) })),
    ),
    servers: sum(({ servers }) => servers),
    dockerfiles: sum(({ dockerfiles }) => dockerfiles),
  };
}

function rendered(report: CheckReport, command: CheckCommand, environment: Environment): string {
  if (command.format === 'json') return jsonReport(report);
  if (command.format === 'sarif') return sarifReport(report);
  const { variables, isTTY, columns } = environment;
  const paint = painter(wantsColor(command.color, variables, isTTY));
  return textReport(report, { paint, columns, quiet: command.quiet });
}

/** What a person should know beside the findings; the other formats carry it themselves. */
function writeNotes(
  { failures, limits }: CheckReport,
  { quiet }: CheckCommand,
  environment: Environment,
): void {
  for (const { ruleId, message } of failures) {
    environment.writeError(`mcp-shutdown: the rule ${ruleId} failed: ${message}\n`);
  }
  if (quiet) return;
  for (const limit of limits) environment.writeError(`mcp-shutdown: not everything was checked: ${limit}\n`);
}

/** The stack too: a rule that fails is a defect of the product, which somebody has to find. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
