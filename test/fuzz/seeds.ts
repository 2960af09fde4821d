import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { kindOf } from '../../server/src/project/fileKinds.ts';
import { foldersIn } from '../support/fixtures.ts';

/** A well-formed project that inputs are made from. */
export interface Seed {
  readonly name: string;
  /** Texts by path below the project's folder. */
  readonly files: ReadonlyMap<string, string>;
}

export const inputLanguages = ['source', 'dockerfile', 'shell', 'json', 'yaml', 'toml', 'hcl'] as const;
/** What a text is written in, as far as mutations care. */
export type InputLanguage = (typeof inputLanguages)[number];

/** The language of a file by its name; `undefined` for what the product does not look into. */
export function languageOf(path: string): InputLanguage | undefined {
  const kind = kindOf(path);
  const own = inputLanguages.find((language) => language === kind);
  if (own) return own;
  if (/\.(ba)?sh$/.test(path)) return 'shell';
  if (/\.ya?ml$/.test(path)) return 'yaml';
  if (/\.toml$/.test(path)) return 'toml';
  return /\.jsonc?$/.test(path) ? 'json' : undefined;
}

/** Every fixture of the rules and the example, in an order that does not depend on the disk. */
export function readSeeds(repository: string): Seed[] {
  const rules = join(repository, 'test/rules');
  const fixtures = foldersIn(rules).flatMap((rule) =>
    foldersIn(join(rules, rule)).map((name) => join(rules, rule, name)),
  );
  return [...fixtures, join(repository, 'examples')].map((folder) => ({
    name: relative(repository, folder).replaceAll('\\', '/'),
    files: readFolder(folder),
  }));
}

/** The texts of a folder and those below it, by their path from there. */
export function readFolder(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.txt')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
