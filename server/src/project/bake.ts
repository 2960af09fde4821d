import { dirname, joinPath } from '../text/paths.ts';
import { kindOf } from './fileKinds.ts';
import type { ProjectFile } from './project.ts';

/** A stage that a bake file builds. */
export interface BakeTarget {
  /** The Dockerfile's path. */
  readonly dockerfile: string;
  readonly target: string;
}

/** The stages that bake files name as plain text; what variables and functions make is left out. */
export function bakeTargets(files: ReadonlyMap<string, ProjectFile>): BakeTarget[] {
  return [...files.values()].flatMap(({ path, text }) => {
    if (kindOf(path) !== 'bake') return [];
    return (path.endsWith('.json') ? fromJson(text) : fromHcl(text)).flatMap(
      ({ target, context, dockerfile }) => {
        if (target === undefined) return [];
        return [{ target, dockerfile: joinPath(dirname(path), context ?? '.', dockerfile ?? 'Dockerfile') }];
      },
    );
  });
}

type Fields = Partial<Record<'target' | 'context' | 'dockerfile', string>>;

function fromJson(text: string): Fields[] {
  try {
    const { target } = JSON.parse(text) as { target?: unknown };
    return Object.values(Object(target) as Record<string, unknown>).map((fields) => {
      const plain = Object.entries(Object(fields) as Record<string, unknown>).filter(
        ([, value]) => typeof value === 'string',
      );
      return Object.fromEntries(plain) as Fields;
    });
  } catch {
    return [];
  }
}

/** Blocks `target "name" { key = "value" }`; lines of other blocks and nested ones are passed over. */
function fromHcl(text: string): Fields[] {
  const found: Fields[] = [];
  let current: Record<string, string> | undefined;
  let depth = 0;
  for (const line of text.split('\n', 5_000)) {
    if (depth === 0) current = /^\s*target\s+"[^"]*"\s*\{/.test(line) ? {} : undefined;
    const field = depth <= 1 && current ? /\b(target|context|dockerfile)\s*=\s*"([^"$]*)"/.exec(line) : null;
    if (field) current![field[1]!] = field[2]!;
    depth += count(line, '{') - count(line, '}');
    if (depth <= 0) {
      if (current) found.push(current);
      current = undefined;
      depth = 0;
    }
  }
  return found;
}

function count(line: string, character: string): number {
  return line.split(character).length - 1;
}
