import type { CallWord, ManagerCall } from './calls.ts';
import { fileCall, nodemonCall, pm2Call } from './processManagers.ts';
import { baseName } from './programs.ts';

/** The options of a manager that say where, or make no difference. */
interface Options {
  readonly folder: RegExp;
  readonly workspace: RegExp;
  /** Options that take the next word and make no difference to what runs. */
  readonly valued: RegExp;
  readonly harmless: RegExp;
}

const never = /^(?!)/;
const quiet =
  /^(-s|--silent|-q|--quiet|-d|--verbose|--no-color|--color|--offline|--prefer-offline|--prod|--production|-P)$/;

const options: Readonly<Record<string, Options>> = {
  npm: {
    folder: /^(--prefix|-C)$/,
    workspace: /^(-w|--workspace)$/,
    valued: /^(--loglevel|--userconfig|--cache)$/,
    harmless:
      /^(--no-update-notifier|--no-audit|--no-fund|--if-present|--foreground-scripts|--ignore-scripts|--loglevel=\w+)$/,
  },
  pnpm: {
    folder: /^(-C|--dir)$/,
    workspace: /^(-F|--filter)$/,
    valued: /^--reporter$/,
    harmless: /^(--if-present|--reporter=\S+)$/,
  },
  yarn: {
    folder: /^--cwd$/,
    workspace: never,
    valued: never,
    harmless: /^(--frozen-lockfile|--non-interactive|-B|-T)$/,
  },
};

/**
 * Reads a call of a package manager or a process manager.
 * @returns `undefined` where it is none, or does something else than to start a program (`npm ci`)
 */
export function managerCallOf(words: readonly CallWord[]): ManagerCall | undefined {
  const name = baseName(words[0]?.value);
  const rest = words.slice(1);
  switch (name) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return runnerCall(name, rest);
    case 'yarnpkg':
      return runnerCall('yarn', rest);
    case 'corepack':
      return managerCallOf(rest);
    case 'npx':
    case 'pnpx':
    case 'bunx':
      return programCall(name, rest);
    case 'bun':
      return rest[0]?.value === 'x' ? programCall('bunx', rest.slice(1)) : bunCall(rest);
    case 'node':
      return nodeRun(rest);
    case 'deno':
      return { manager: 'deno task', args: [], problem: 'the tasks of deno.json are not read' };
    case 'nodemon':
      return nodemonCall(rest);
    case 'pm2':
    case 'pm2-runtime':
    case 'pm2-docker':
    case 'pm2-dev':
      return pm2Call(name, rest);
    default:
      return name === 'forever' ? fileCall(name, rest) : undefined;
  }
}

/** Reads options up to the first other word. */
class OptionReader {
  folder: string | undefined;
  workspace: string | undefined;
  withoutHooks = false;
  problem: string | undefined;

  constructor(
    private readonly known: Options,
    public rest: readonly CallWord[],
  ) {}

  read(): void {
    for (let word = this.rest[0]; word?.value?.startsWith('-') && word.value !== '--'; word = this.rest[0]) {
      this.option(word.value);
    }
  }

  private option(word: string): void {
    const [name = '', own] = word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word];
    const takesWord = [this.known.folder, this.known.workspace, this.known.valued].some((each) =>
      each.test(name),
    );
    const value = own ?? (takesWord ? this.rest[1]?.value : undefined);
    this.rest = this.rest.slice(takesWord && own === undefined ? 2 : 1);
    if (this.known.folder.test(name)) this.folder = value;
    else if (this.known.workspace.test(name)) this.workspace = value;
    else if (!takesWord && !quiet.test(word) && !this.known.harmless.test(word))
      this.problem ??= `what ${word} does is not known here`;
    if (takesWord && value === undefined) this.problem ??= `${name} takes a value that is not known`;
    if (word === '--ignore-scripts') this.withoutHooks = true;
  }
}

/** npm, pnpm and yarn: options, what to do, options, a name, arguments. */
function runnerCall(manager: 'npm' | 'pnpm' | 'yarn', words: readonly CallWord[]): ManagerCall | undefined {
  const reader = new OptionReader(options[manager]!, words);
  reader.read();
  let [verb, ...rest] = reader.rest;
  if (manager === 'yarn' && verb?.value === 'workspace') {
    reader.workspace = rest[0]?.value;
    [verb, ...rest] = rest.slice(1);
  }
  const isRun = /^(run|run-script)$/.test(verb?.value ?? '');
  if (isRun) {
    reader.rest = rest;
    reader.read();
    [verb, ...rest] = reader.rest;
  }
  const { folder, workspace, withoutHooks } = reader;
  const where = { manager, folder, workspace, withoutHooks };
  const name = verb?.value;
  if (name === undefined)
    return isRun ? { ...where, args: [], problem: 'the name of its script is not known' } : undefined;
  if (!isRun && /^(exec|x|dlx)$/.test(name)) return { ...where, ...withoutOptions(rest), args: [] };
  if (!isRun && isOtherVerb(manager, name)) return undefined;
  if (manager === 'npm') {
    // Options without `--` in front are npm's own.
    const end = rest.findIndex(({ value }) => value === '--');
    const after = new OptionReader(options.npm!, end < 0 ? rest : rest.slice(0, end));
    after.read();
    const args = [...after.rest, ...(end < 0 ? [] : rest.slice(end + 1))];
    const isMixed = after.rest.some(({ value }) => value === undefined || value.startsWith('-'));
    const problem =
      reader.problem ??
      after.problem ??
      (isMixed ? 'which of its options are for npm is not known' : undefined);
    return {
      ...where,
      workspace: workspace ?? after.workspace,
      folder: folder ?? after.folder,
      script: name,
      args,
      problem,
    };
  }
  const args = rest[0]?.value === '--' ? rest.slice(1) : rest;
  return { ...where, script: name, args, problem: reader.problem };
}

/** What does something else than to start a script: `npm ci`, `yarn install`. */
function isOtherVerb(manager: string, verb: string): boolean {
  if (manager === 'npm') return !/^(start|test|t|stop)$/.test(verb);
  return /^(install|i|ci|add|remove|update|upgrade|up|store|config|build|rebuild|fetch|deploy|audit|prune|set|cache|list|ls|why|publish|pack|link)$/.test(
    verb,
  );
}

function withoutOptions(words: readonly CallWord[]): Pick<ManagerCall, 'program' | 'problem'> {
  let rest = words;
  while (/^(-y|--yes|--no|--no-install|-q|--quiet|--)$/.test(rest[0]?.value ?? '')) rest = rest.slice(1);
  const [first] = rest;
  if (first?.value === undefined || first.value.startsWith('-'))
    return { problem: 'which program it runs is not known' };
  return { program: rest };
}

function programCall(manager: string, words: readonly CallWord[]): ManagerCall {
  return { manager, args: [], ...withoutOptions(words) };
}

function bunCall(words: readonly CallWord[]): ManagerCall | undefined {
  const [verb, name] = words;
  if (verb?.value !== 'run' && verb?.value !== 'start') return undefined;
  const script = verb.value === 'start' ? 'start' : name?.value;
  return { manager: 'bun', script, args: words.slice(verb.value === 'start' ? 1 : 2) };
}

function nodeRun(words: readonly CallWord[]): ManagerCall | undefined {
  const [first, second, ...rest] = words;
  const own = /^--run=(.*)$/.exec(first?.value ?? '')?.[1];
  if (own === undefined && first?.value !== '--run') return undefined;
  const script = own ?? second?.value;
  const behind = own === undefined ? rest : words.slice(1);
  const args = behind[0]?.value === '--' ? behind.slice(1) : behind;
  const problem = script === undefined ? 'the name of its script is not known' : undefined;
  return { manager: 'node --run', script, args, withoutHooks: true, problem };
}
