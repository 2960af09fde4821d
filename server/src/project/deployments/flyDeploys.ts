import type { ShellWord } from '../../languages/shell/ast.ts';
import { dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { scriptCommands } from './scripts.ts';

/**
 * The Dockerfiles that `fly deploy --dockerfile` names, by the path of the fly.toml that is deployed; `undefined` where
 * one is deployed with several.
 */
export function flyDeploys(files: ReadonlyMap<string, ProjectFile>): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { command, folder } of scriptCommands(files)) {
    const [program, verb, ...rest] = command.words;
    if (!/^fly(ctl)?$/.test(program?.value ?? '') || verb?.value !== 'deploy') continue;
    const named = optionOf(rest, /^--dockerfile$/);
    if (named === undefined) continue;
    const [first] = rest;
    const below = first?.value?.startsWith('-') === false ? first.value : '.';
    const config = optionOf(rest, /^(-c|--config)$/) ?? 'fly.toml';
    // A script in scripts/ is often called from the folder above.
    for (const base of [folder, dirname(folder)].map((each) => joinPath(each, below))) {
      const [toml, dockerfile] = [joinPath(base, config), joinPath(base, named)];
      if (!files.has(toml) || !files.has(dockerfile)) continue;
      found.set(toml, found.has(toml) && found.get(toml) !== dockerfile ? undefined : dockerfile);
      break;
    }
  }
  return found;
}

/** The value of an option, as the next word or behind `=`; `undefined` where only the shell knows it. */
function optionOf(words: readonly ShellWord[], name: RegExp): string | undefined {
  for (const [index, { value = '' }] of words.entries()) {
    const [own = '', ...rest] = value.split('=');
    if (name.test(own)) return rest.length > 0 ? rest.join('=') : words[index + 1]?.value;
  }
  return undefined;
}
