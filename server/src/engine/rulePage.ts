import { type Rule, severities } from './types.ts';

/** A file of a rule's fixtures that shows the defect, or the same file without it. */
export interface Example {
  /** The language of the code block (`ts`, `dockerfile`). */
  readonly language: string;
  readonly bad: string;
  readonly good?: string;
}

/** The page of a rule, in Markdown. Without an example its sections are left out. */
export function rulePage(rule: Rule, example?: Example): string {
  const { id, severity, docs } = rule;
  const sections = [
    `# ${id}`,
    docs.summary,
    `Severity: ${severity}${rule.fixes ? '. Has a quick fix.' : '.'}`,
    '## What it does',
    docs.what,
    '## Why is this bad?',
    docs.why,
    ...(example ? ['## Example', codeBlock(example.language, example.bad)] : []),
    ...(example?.good === undefined ? [] : ['Use instead:', codeBlock(example.language, example.good)]),
    '## Fix',
    docs.fix,
    '## Suppress and configure',
    ...suppressAndConfigure(id, example?.language ?? 'ts'),
  ];
  return `${sections.map((section) => section.trim()).join('\n\n')}\n`;
}

/** The page of all rules, linked to their pages. */
export function rulesIndex(rules: readonly Rule[]): string {
  const note =
    'The severity is the rule’s own; some findings are louder or quieter by their circumstances, and each rule’s severity can be set.';
  return `# Rules\n\n${rulesTable(rules, '')}\n\n${note}\n`;
}

/** A table of rules, linked to their pages in a folder (with a slash at its end, or `''`). */
export function rulesTable(rules: readonly Rule[], folder: string): string {
  const rows = rules.map(
    ({ id, severity, docs, fixes }) =>
      `| [${id}](${folder}${id}.md) | ${severity} | ${fixes ? 'yes' : ''} | ${docs.summary.replaceAll('|', '\\|')} |`,
  );
  return ['| Rule | Severity | Fix | Flagged |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function suppressAndConfigure(id: string, exampleLanguage: string): string[] {
  const choices = [...severities.map((severity) => `"${severity}"`), '"off"'].join(', ');
  const language = /^(dockerfile|yaml|toml|sh)$/.test(exampleLanguage) ? exampleLanguage : 'ts';
  const marker = language === 'ts' ? '//' : '#';
  const comments = ['next-line', 'file'].map(
    (scope) => `${marker} mcp-shutdown-disable-${scope} ${id} -- why`,
  );
  return [
    'A comment suppresses the rule for the next line or for the whole file (`#` in Dockerfiles, YAML, TOML and shell, `//` in code):',
    codeBlock(language, comments.join('\n')),
    `\`mcp-shutdown.json\`, or \`mcpShutdown\` in package.json, sets its severity (${choices}) for the command line and the editor alike:`,
    codeBlock('json', `{ "rules": { "${id}": "off" } }`),
    'So does the editor setting `mcpShutdown.rules`, where no config file says otherwise.',
  ];
}

/** A fence longer than any in the text. */
function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
