import { isShellScript } from './fileKinds.ts';
import type { ProjectFile } from './project.ts';

const known = new WeakMap<ProjectFile, readonly string[]>();

/** The words of a file that may name a shell script. */
export function scriptNamesIn(file: ProjectFile): readonly string[] {
  let names = known.get(file);
  if (!names) {
    names = [...new Set(file.text.match(/[\w.-]+/g))].filter(isShellScript);
    known.set(file, names);
  }
  return names;
}
