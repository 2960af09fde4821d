import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What case.json says of an unsafe server. */
interface CaseFile {
  /** As the matrix shows it: "stdio, SDK 1, TypeScript". */
  readonly title: string;
  readonly transport: 'stdio' | 'http' | 'sse';
  /** The file that is started, src/index.ts for instance. */
  readonly entry: string;
  /** The client that fits: SDK 1 or 2. */
  readonly sdk: 1 | 2;
  readonly args?: readonly string[];
  /** HTTP: the path of the MCP route; default `/mcp`. */
  readonly endpoint?: string;
  /** HTTP: whether the server keeps sessions. */
  readonly hasSessions?: boolean;
  /** Whether /health answers. */
  readonly hasHealth?: boolean;
  /** The fakes that it opens. */
  readonly resources?: readonly string[];
  /** What its own signal handler wrote to stderr, as patterns: a fix that replaces the handler keeps that. */
  readonly keeps?: readonly string[];
  /** Titles (patterns) of further fixes, taken after the one that makes it safe to stop. */
  readonly fixes?: readonly string[];
  /** What a person changes in the entry after that. */
  readonly edits?: readonly (readonly [from: string, to: string])[];
  /** The time limit of its tool `page`, in ms. */
  readonly limitMs?: number;
  /** Its tool `page` fetches a given address. */
  readonly fetches?: boolean;
  /** The case whose source it is, where one source is run in several ways. */
  readonly sourceOf?: string;
  /** It is not the quick fix that fixes it, but a snippet, put in by hand. */
  readonly snippet?: {
    readonly prefix: string;
    /** What a person writes into its tab stops. */
    readonly filled?: Readonly<Record<string, string>>;
    /** Lines of the entry, and what a person makes of them; `$snippet` is where the snippet goes. */
    readonly edits: readonly (readonly [from: string, to: string])[];
  };
  /** Columns that cannot apply, with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** An unsafe server, as an author would have written it. */
export interface Case extends CaseFile {
  readonly name: string;
  /** The unsafe source. */
  readonly folder: string;
  /** Files that replace those of `folder`, fixed by hand; `undefined`: there are none. */
  readonly golden: string | undefined;
}

const root = resolve('test/behavior');

/** The cases of those names; without names all of them. @throws when there is no such case */
export function readCases(names: readonly string[]): Case[] {
  const all = readdirSync(join(root, 'cases')).sort();
  for (const name of names) {
    if (!all.includes(name)) throw new Error(`There is no case ${name}. The cases: ${all.join(', ')}`);
  }
  return all.filter((name) => names.length === 0 || names.includes(name)).map(readCase);
}

function readCase(name: string): Case {
  const file: CaseFile = JSON.parse(readFileSync(join(root, 'cases', name, 'case.json'), 'utf8'));
  const [folder, golden] = [
    join(root, 'cases', file.sourceOf ?? name),
    join(root, 'golden', file.sourceOf ?? name),
  ];
  return { ...file, name, folder, golden: existsSync(golden) ? golden : undefined };
}
