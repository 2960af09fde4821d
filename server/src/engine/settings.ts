import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ShutdownOptions } from '../project/shutdownOptions.ts';
import type { Range } from '../text/range.ts';
import { didYouMean } from './closest.ts';
import { patternProblem } from './exclude.ts';
import { type Severity, severities } from './types.ts';

/** What a person may set a rule to: a severity, not at all, or what the rule itself thinks right. */
export const levels = [...severities, 'off', 'default'] as const;
export type Level = Severity | 'off' | 'default';

/** Which Dockerfiles are looked at: those of a workspace with an MCP server, or all. */
export const dockerfileChoices = ['mcp', 'all'] as const;

/** What a person can set, in a config file or in the editor. A missing key leaves the choice to the next source. */
export interface Settings {
  readonly rules?: Readonly<Record<string, Level>>;
  /** Globs of files and folders that get no findings. */
  readonly exclude?: readonly string[];
  readonly dockerfiles?: (typeof dockerfileChoices)[number];
  /** How the servers shut down, where their code does not tell. */
  readonly shutdown?: ShutdownOptions;
}

/** The numbers of `shutdown`, in ms, with the least and the most that makes sense. */
export const shutdownTimes = {
  drainTimeoutMs: { least: 1_000, most: 3_600_000 },
  bufferMs: { least: 0, most: 600_000 },
} as const;

/** The lists of names of `shutdown`. */
const shutdownNames = ['drainFunctions', 'closeFunctions'] as const;

/** A mistake in settings, with its place in their text. */
export interface SettingsProblem extends Range {
  readonly message: string;
}

export interface ParsedSettings {
  /** What could be understood. */
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
}

/** Of how many properties or patterns a person means each; what follows does not count. */
const maxEntries = 2_000;

const keys = ['$schema', 'rules', 'exclude', 'dockerfiles', 'shutdown'];

/**
 * Reads settings from JSON with comments. `key` names the property that holds them, where they are only a
 * part of the file (package.json); `undefined` means that the file has no such property. Mistakes become
 * problems and the rest still counts; it never throws.
 * An editor's settings object can be read by the same function from its `JSON.stringify`.
 * @param ruleIds the rules that exist.
 */
export function parseSettings(text: string, ruleIds: readonly string[]): ParsedSettings;
export function parseSettings(
  text: string,
  ruleIds: readonly string[],
  key?: string,
): ParsedSettings | undefined;
export function parseSettings(
  text: string,
  ruleIds: readonly string[],
  key?: string,
): ParsedSettings | undefined {
  const errors: ParseError[] = [];
  // A byte order mark is no JSON; a space in its place keeps the offsets.
  const root = parseSafely(text.replace(/^\uFEFF/, ' '), errors);
  const reader = new SettingsReader(ruleIds);
  // The syntax of a package.json is npm's affair; ours is only what stands under our key.
  if (key === undefined && errors[0] !== undefined) reader.syntaxError(errors[0], text.length);
  const node = key === undefined ? root : root && findNodeAtLocation(root, [key]);
  if (key !== undefined && node === undefined) return undefined;
  return { settings: node === undefined ? {} : reader.read(node), problems: reader.problems };
}

function parseSafely(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    // The parser is recursive: a text of thousands of opening brackets exhausts the stack.
    errors.push({ error: 1, offset: 0, length: text.length });
    return undefined;
  }
}

class SettingsReader {
  readonly problems: SettingsProblem[] = [];
  private readonly ruleIds: readonly string[];

  constructor(ruleIds: readonly string[]) {
    this.ruleIds = ruleIds;
  }

  syntaxError(error: ParseError, length: number): void {
    const words = printParseErrorCode(error.error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    const start = Math.min(error.offset, length);
    const end = Math.min(start + error.length, length);
    this.problems.push({ start, end, message: `This is not valid JSON: ${words}.` });
  }

  read(node: Node): Settings {
    const settings: { -readonly [K in keyof Settings]: Settings[K] } = {};
    for (const [key, keyNode, value] of this.properties(node, 'The configuration')) {
      if (key === 'rules') settings.rules = this.readRules(value);
      else if (key === 'exclude') settings.exclude = this.readExclude(value);
      else if (key === 'dockerfiles') {
        settings.dockerfiles = this.choice(value, '"dockerfiles"', dockerfileChoices);
      } else if (key === 'shutdown') settings.shutdown = this.readShutdown(value);
      else if (key === '$schema') this.string(value, '"$schema"');
      else this.problem(keyNode, `There is no setting "${key}".${didYouMean(key, keys)}`);
    }
    return settings;
  }

  private readRules(node: Node): Record<string, Level> {
    const rules: Record<string, Level> = {};
    for (const [id, keyNode, value] of this.properties(node, '"rules"')) {
      if (!this.ruleIds.includes(id)) {
        this.problem(keyNode, `There is no rule "${id}".${didYouMean(id, this.ruleIds)}`);
        continue;
      }
      const level = this.choice(value, `"${id}"`, levels);
      if (level !== undefined) rules[id] = level;
    }
    return rules;
  }

  private readExclude(node: Node): string[] | undefined {
    if (node.type !== 'array') {
      this.problem(node, '"exclude" must be a list of patterns, such as ["examples/**"].');
      return undefined;
    }
    return (node.children ?? []).slice(0, maxEntries).flatMap((item) => {
      const pattern = this.string(item, 'A pattern of "exclude"');
      if (pattern === undefined) return [];
      const problem = patternProblem(pattern);
      if (problem === undefined) return [pattern];
      this.problem(item, problem);
      return [];
    });
  }

  private readShutdown(node: Node): ShutdownOptions {
    const options: { -readonly [K in keyof ShutdownOptions]: ShutdownOptions[K] } = {};
    for (const [key, keyNode, value] of this.properties(node, '"shutdown"')) {
      if (key === 'drainTimeoutMs' || key === 'bufferMs') {
        const time = this.time(value, key);
        if (time !== undefined) options[key] = time;
      } else if (key === 'drainFunctions' || key === 'closeFunctions') {
        const names = this.names(value, key);
        if (names) options[key] = names;
      } else {
        const known = [...Object.keys(shutdownTimes), ...shutdownNames];
        this.problem(keyNode, `There is no setting "shutdown.${key}".${didYouMean(key, known)}`);
      }
    }
    return options;
  }

  private time(node: Node, key: keyof typeof shutdownTimes): number | undefined {
    const { least, most } = shutdownTimes[key];
    const value: unknown = node.value;
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    this.problem(node, `"${key}" must be a whole number of milliseconds from ${least} to ${most}.`);
    return undefined;
  }

  private names(node: Node, key: (typeof shutdownNames)[number]): string[] | undefined {
    if (node.type !== 'array') {
      this.problem(node, `"${key}" must be a list of names of functions, such as ["waitForCalls"].`);
      return undefined;
    }
    return (node.children ?? []).slice(0, maxEntries).flatMap((item) => {
      if (typeof item.value === 'string' && /^[\w$#]+$/.test(item.value)) return [item.value];
      this.problem(item, `A name in "${key}" must be the bare name of a function or method: "waitForCalls".`);
      return [];
    });
  }

  private choice<T extends string>(node: Node, name: string, choices: readonly T[]): T | undefined {
    const value = choices.find((choice) => choice === node.value);
    if (value !== undefined) return value;
    const hint = typeof node.value === 'string' ? didYouMean(node.value, choices) : '';
    const list = choices.map((choice) => `"${choice}"`).join(', ');
    this.problem(node, `${name} must be one of ${list}.${hint}`);
    return undefined;
  }

  private string(node: Node, name: string): string | undefined {
    if (node.type === 'string') return node.value as string;
    this.problem(node, `${name} must be a string.`);
    return undefined;
  }

  /** The properties of an object that have a value (a half-typed one has none). */
  private properties(node: Node, name: string): [string, Node, Node][] {
    if (node.type !== 'object') {
      this.problem(node, `${name} must be an object: {...}.`);
      return [];
    }
    return (node.children ?? []).slice(0, maxEntries).flatMap((property) => {
      const [key, value] = property.children ?? [];
      return key && value ? [[String(key.value), key, value] as [string, Node, Node]] : [];
    });
  }

  private problem(node: Node, message: string): void {
    this.problems.push({ start: node.offset, end: node.offset + node.length, message });
  }
}
