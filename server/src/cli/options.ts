import { parseArgs } from 'node:util';
import { didYouMean } from '../engine/closest.ts';
import { type Severity, severities } from '../engine/types.ts';
import { unitOf, units } from '../sizing/record.ts';
import type { SizingOptions } from '../sizing/sizing.ts';
import type { FixChoice } from './checkProject.ts';

export const formats = ['text', 'json', 'sarif'] as const;
const sizeFormats = ['text', 'json'] as const;
const timelineFormats = ['text', 'json', 'svg'] as const;

/** What the person asked for. */
export type Command =
  | { readonly name: 'help' | 'version' }
  | { readonly name: 'explain'; readonly rule: string | undefined; readonly color: boolean | undefined }
  | CheckCommand
  | SizeCommand
  | TimelineCommand;

export interface CheckCommand {
  readonly name: 'check';
  /** As typed; at least one. */
  readonly paths: readonly string[];
  readonly format: (typeof formats)[number];
  readonly fix: FixChoice;
  /** Report hints too, which else are the editor's alone. */
  readonly hints: boolean;
  /** Only these rules; empty means all. */
  readonly rules: readonly string[];
  /** The quietest finding that makes the exit code 1. */
  readonly failOn: Severity;
  /** A config file that counts instead of those of the project. */
  readonly config: string | undefined;
  /** `undefined`: as the output allows. */
  readonly color: boolean | undefined;
  readonly quiet: boolean;
}

export interface SizeCommand {
  readonly name: 'size';
  /** As typed, `-` for standard input; at least one. */
  readonly paths: readonly string[];
  readonly sizing: SizingOptions;
  readonly format: (typeof sizeFormats)[number];
}

export interface TimelineCommand {
  readonly name: 'timeline';
  /** As typed; at least one. */
  readonly paths: readonly string[];
  readonly format: (typeof timelineFormats)[number];
  /** The file that it is written to; `undefined`: standard output. */
  readonly output: string | undefined;
  /** `undefined`: as the output allows. */
  readonly color: boolean | undefined;
}

/** The person's mistake, for standard error. */
export class UsageError extends Error {}

const defaultField = 'duration_ms';

export const help = `Finds MCP servers that drop tool calls when they are stopped, and fixes them.

Usage:
  mcp-shutdown check [paths]     Check files and folders (default: the current folder).
                                 Each is seen as a part of its repository.
  mcp-shutdown explain [rule]    Show a rule's page, or list the rules.
  mcp-shutdown size <logs>       Suggest a drain timeout from how long tool calls took, by logs of
                                 one JSON object a line ("-": standard input).
  mcp-shutdown timeline [paths]  Show what happens from a stop to SIGKILL, for each server and each
                                 deployment that runs it.

Options of check:
  --fix              Apply the safe fixes, then report what remains.
  --unsafe-fixes     With --fix: apply those too that change more than the defect, such as whole
                     handlers. Read the diff before you commit it.
  --rule ID          Run this rule only; may be given several times.
  --fail-on LEVEL    Exit with 1 from this severity on: ${severities.join(', ')}
                     (default: warning).
  --hints            Report hints too; an editor shows them, a build log should not.
  --format FORMAT    ${formats.join(', ')} (default: text).
  --config FILE      Use this config file instead of the project's own.
  --quiet            Print the findings and nothing else.
  --color, --no-color
  --help, --version

Options of size:
  --field NAME       The field that holds a call's duration; dots lead into objects
                     (default: ${defaultField}).
  --unit UNIT        ${units.join(', ')} (default: by the field's name, else ms).
  --where FIELD=VALUE
                     Only records whose field has this value.
  --format FORMAT    ${sizeFormats.join(', ')} (default: text).

Options of timeline:
  --format FORMAT    ${timelineFormats.join(', ')} (default: text).
  --output FILE      Write it to a file instead of standard output.
  --color, --no-color

Exit code: 0 nothing found at or above the level, 1 something found (size: no call found,
timeline: no server found), 2 could not run.
`;

const commands = ['check', 'explain', 'size', 'timeline'];

const seeHelp = ' See "mcp-shutdown --help".';

const optionTypes = {
  fix: { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  hints: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  format: { type: 'string' },
  config: { type: 'string' },
  field: { type: 'string' },
  unit: { type: 'string' },
  where: { type: 'string' },
  output: { type: 'string' },
  quiet: { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** @throws UsageError when the arguments make no sense. */
export function parseCommand(argv: readonly string[], ruleIds: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [name, ...rest] = positionals;
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  if (name === undefined) throw new UsageError(`There is no command.${seeHelp}`);
  const color = values['no-color'] ? false : values.color;
  if (name === 'explain') {
    if (rest.length > 1) throw new UsageError('explain takes one rule.');
    if (rest[0] !== undefined) assertRule(rest[0], ruleIds);
    return { name, rule: rest[0], color };
  }
  if (name === 'size') return sizeCommandOf(rest, values);
  const paths = rest.length > 0 ? rest : ['.'];
  if (name === 'timeline') {
    const format = oneOf('--format', values.format ?? 'text', timelineFormats);
    return { name, paths, format, output: values.output, color };
  }
  if (name !== 'check') {
    throw new UsageError(`There is no command "${name}".${didYouMean(name, commands) || seeHelp}`);
  }
  const rules = values.rule ?? [];
  for (const id of rules) assertRule(id, ruleIds);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'warning', severities);
  return {
    name,
    paths,
    format: oneOf('--format', values.format ?? 'text', formats),
    fix: fixChoiceOf(values),
    rules,
    failOn,
    hints: values.hints ?? failOn === 'hint',
    config: values.config,
    color,
    quiet: values.quiet ?? false,
  };
}

function fixChoiceOf({ fix, 'unsafe-fixes': all }: ReturnType<typeof parse>['values']): FixChoice {
  if (all && !fix) throw new UsageError('--unsafe-fixes goes with --fix.');
  if (!fix) return 'none';
  return all ? 'all' : 'safe';
}

function sizeCommandOf(
  paths: readonly string[],
  { field = defaultField, unit, where, format }: ReturnType<typeof parse>['values'],
): SizeCommand {
  if (paths.length === 0) throw new UsageError('size needs a log, or "-" for standard input.');
  if (field === '') throw new UsageError('--field needs a name.');
  return {
    name: 'size',
    paths,
    sizing: {
      field,
      unit: unit === undefined ? unitOf(field) : oneOf('--unit', unit, units),
      where: where === undefined ? undefined : conditionOf(where),
    },
    format: oneOf('--format', format ?? 'text', sizeFormats),
  };
}

function conditionOf(where: string): SizingOptions['where'] {
  const equals = where.indexOf('=');
  if (equals <= 0) throw new UsageError(`--where takes FIELD=VALUE, not "${where}".`);
  return { field: where.slice(0, equals), value: where.slice(equals + 1) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: optionTypes, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${inOurWords((error as Error).message)}${seeHelp}`);
  }
}

/** Node tells what is wrong with an option in words that name its inner form; they hold the option in quotes. */
function inOurWords(message: string): string {
  const option = /'(?:-\w, )?(--?[\w-]+)[^']*'/.exec(message)?.[1];
  if (option && message.startsWith('Unknown option')) {
    const names = Object.keys(optionTypes).map((name) => `--${name}`);
    return `There is no option "${option}".${didYouMean(option, names)}`;
  }
  if (option && /argument (missing|is ambiguous)/.test(message)) return `${option} needs a value.`;
  if (option && message.includes('does not take an argument')) return `${option} takes no value.`;
  return `${message.split(/\. /)[0]?.replace(/\.$/, '')}.`;
}

function assertRule(id: string, ruleIds: readonly string[]): void {
  if (ruleIds.includes(id)) return;
  const hint = didYouMean(id, ruleIds) || ' "mcp-shutdown explain" lists them.';
  throw new UsageError(`There is no rule "${id}".${hint}`);
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) {
    throw new UsageError(`${option} must be one of ${choices.join(', ')}, not "${value}".`);
  }
  return choice;
}
