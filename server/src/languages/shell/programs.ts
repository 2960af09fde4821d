import type { SimpleCommand } from './ast.ts';

/** What a shell does itself; `exec` cannot start these. */
const builtins = new Set(
  `. : alias bg break builtin cd command continue declare disown enable eval exec exit export fg getopts hash jobs let
  local readonly read return set shift shopt source times trap type typeset ulimit umask unalias unset wait`.split(
    /\s+/,
  ),
);

/** What a shell does itself although there is a program of that name, which may differ in details. */
const builtinsWithProgram = new Set('[ echo false kill printf pwd test true'.split(' '));

/** What runs a text or a script inside the shell itself. */
const insideShell = new Set('. source eval'.split(' '));

/** Commands that end by themselves or keep a container busy: next to another command they are not the program. */
const helpers = new Set('sleep tail cat rm mkdir touch clear'.split(' '));

const packageManagers = new Set(
  'npm npx yarn yarnpkg pnpm pnpx bunx nodemon pm2 pm2-runtime pm2-docker pm2-dev forever corepack'.split(
    ' ',
  ),
);

const runtimes = new Set(
  'node nodejs bun deno tsx ts-node python python3 uvicorn gunicorn java dotnet ruby php'.split(' '),
);

/** The name of the program that a command starts, without its folder; `undefined` when only a shell can tell. */
export function programName(command: SimpleCommand): string | undefined {
  return baseName(command.words[0]?.value);
}

/** The last part of a path of either kind, without `.exe`. */
export function baseName(path: string | undefined): string | undefined {
  return path?.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');
}

/** Whether only the shell itself can do it: a builtin without a program of its name, or assignments alone. */
export function isShellOnly(command: SimpleCommand): boolean {
  const [first] = command.words;
  return first === undefined || builtins.has(first.value ?? '');
}

/** Whether the shell would do it itself, but a program of that name exists. */
export function isBuiltinWithProgram(command: SimpleCommand): boolean {
  return builtinsWithProgram.has(command.words[0]?.value ?? '');
}

/** Whether it runs more commands inside the shell, which nothing can replace then. */
export function runsInsideShell(command: SimpleCommand): boolean {
  return insideShell.has(command.words[0]?.value ?? '');
}

/** Whether it would not be the container's program where another command stands beside it. */
export function isHelper(command: SimpleCommand): boolean {
  return isShellOnly(command) || isBuiltinWithProgram(command) || helpers.has(programName(command) ?? '');
}

/** npm and its like, which start the program themselves; `bun run` and `deno task` too. */
export function isPackageManager(words: readonly (string | undefined)[]): boolean {
  const name = baseName(words[0]);
  if (name === undefined) return false;
  if (name === 'bun') return words[1] === 'run' || words[1] === 'start' || words[1] === 'x';
  if (name === 'deno') return words[1] === 'task';
  if (name === 'node') return words[1] === '--run' || words[1]?.startsWith('--run=') === true;
  return packageManagers.has(name);
}

/** Whether it runs a program of its own language, most likely the server. */
export function isRuntime(command: SimpleCommand): boolean {
  return runtimes.has(programName(command) ?? '');
}

/** A command that only keeps a container open or gives its user a shell: `bash`, `sleep infinity`. */
export function isPlaceholder(words: readonly (string | undefined)[]): boolean {
  const [program, ...args] = words;
  const name = baseName(program) ?? '';
  if (/^(ba|da|a|z|k|fi)?sh$|^(cmd|powershell|pwsh)$/.test(name)) {
    return args.every((arg) => /^-(i|l|li|il|-login|NoLogo|NoExit)$/.test(arg ?? ''));
  }
  if (name === 'tail') return args.includes('/dev/null');
  return (
    (name === 'sleep' && /^(inf(inity)?|\d{5,}|\d+d)$/.test(args[0] ?? '')) || name === 'true' || name === ':'
  );
}

/** Whether it is one more shell with a command text, known or not: `sh -c "..."`. */
export function isShellCall(command: SimpleCommand): boolean {
  const [first, ...rest] = command.words;
  return isShellName(first?.value) && rest.some(({ value }) => /^-[a-z]*c$/.test(value ?? ''));
}

/** Whether a program is one of the shells that take a command text with `-c`. */
export function isShellName(program: string | undefined): boolean {
  return /^(ba|da|a|z|k)?sh$/.test(baseName(program) ?? '');
}
