import { parseSource } from '../../server/src/languages/source/parse.ts';
import { Program } from '../../server/src/project/program.ts';
import { resourcesIn } from '../../server/src/project/resources/held.ts';
import type { HeldResource } from '../../server/src/project/resources/resource.ts';
import { Values } from '../../server/src/project/values.ts';

/** A program of some files by name, all in one folder; what they import from elsewhere is a package. */
export function programOf(files: Readonly<Record<string, string>>): { program: Program; values: Values } {
  const facts = new Map(
    Object.entries(files).map(([name, text]) => [`/${name}`, parseSource(`/${name}`, text).facts]),
  );
  const program = new Program(
    facts,
    (specifier) => {
      const path = specifier.replace(/^\./, '').replace(/\.js$/, '.ts');
      return facts.has(path) ? { kind: 'file', path } : { kind: 'external', name: specifier };
    },
    () => undefined,
  );
  return { program, values: new Values(program, new Values(program)) };
}

/** What the files of a program open, in the order of files and text. */
export function openedIn(program: Program, values: Values): HeldResource[] {
  return [...program.files].flatMap(([path, { functions }]) =>
    functions.flatMap(({ id }) => resourcesIn(path, id, program, values)),
  );
}
