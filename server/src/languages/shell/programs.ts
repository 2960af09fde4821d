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
  if (name === 'bun') return /^(start|x)$/.test(words[1] ?? '') || (words[1] === 'run' && !isFile(words[2]));
  if (name === 'deno') return words[1] === 'task';
  if (name === 'node') return words[1] === '--run' || words[1]?.startsWith('--run=') === true;
  return packageManagers.has(name);
}

/** `bun run dist/index.js` runs a file, `bun run start` a script of package.json. */
function isFile(word: string | undefined): boolean {
  return word !== undefined && /\/|\.[cm]?[jt]sx?$/.test(word);
}

/** Whether it runs a program of its own language, most likely the server. */
export function isRuntime(command: SimpleCommand): boolean {
  return runtimes.has(programName(command) ?? '');
}

/** Programs that start the one behind their own options, and become it or pass signals on to it. */
const wrappers = /^(env|gosu|su-exec|setpriv|tini|tini-static|dumb-init|catatonit|nice|ionice|stdbuf|exec)$/;

/** Options of the wrappers that take the next word. */
const wrapperValues = /^(-u|-g|-n|-c|-p|-i|-o|-e|-C|-S|--reuid|--regid)$/;

/**
 * Takes away what only prepares a program: `env A=1 node x`, `gosu node node x`, `tini -- node x`.
 * A word that only a shell can tell is `undefined`.
 */
export function withoutWrappers(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const name = baseName(words[0]) ?? '';
  if (!wrappers.test(name)) return words;
  let at = 1;
  while (words[at]?.startsWith('-') && words[at] !== '--') at += wrapperValues.test(words[at]!) ? 2 : 1;
  if (words[at] === '--') at += 1;
  if (name === 'env') while (/^\w+=/.test(words[at] ?? '')) at += 1;
  if (name === 'gosu' || name === 'su-exec') at += 1;
  return at < words.length ? withoutWrappers(words.slice(at)) : words;
}

const pythonTools = /^(pip|venv|compileall|ensurepip|build|pytest|unittest|json\.tool)$/;

/**
 * Whether a runtime runs a program file with these words, not a piece of code or a tool: `node dist/index.js`, but not
 * `node -e "..."` or `node --version`.
 */
export function isServerRun(words: readonly (string | undefined)[]): boolean {
  const [program, ...args] = withoutWrappers(words);
  const name = baseName(program) ?? '';
  if (/^(uvicorn|gunicorn|hypercorn)$/.test(name)) return true;
  const isCode = args.some((arg) =>
    /^(-e|-p|-pe|-c|-v|-V|--eval|--print|--version|--check|--help)$/.test(arg ?? ''),
  );
  if (isCode || args.length === 0) return false;
  if (/^(node|nodejs|tsx|ts-node|bun)$/.test(name))
    return args.some((arg) => arg === undefined || isProgramFile(arg));
  if (name === 'deno') return args[0] === 'run' || args[0] === 'serve';
  if (/^python3?(\.\d+)?$/.test(name)) {
    const module = args.indexOf('-m');
    return module >= 0
      ? !pythonTools.test(args[module + 1] ?? '')
      : isProgramFile(args.find((arg) => !arg?.startsWith('-')) ?? '');
  }
  if (name === 'java') return args.includes('-jar');
  return name === 'dotnet' && /\.dll$/.test(args[0] ?? '');
}

/** Tools that are run once, by the names that their scripts have. */
const onceOnly =
  /(^|[/_.-])(migrat\w*|seed\w*|setup|install\w*|init\w*|rebuild|build\w*|generate\w*|check\w*|wait\w*|health\w*|config\w*|prepare|preflight|validate\w*|register\w*)([_.-]|$)/i;

/** A file of a runtime that by its name serves, and does not only prepare. */
function isProgramFile(path: string): boolean {
  if (!/\.([cm]?[jt]sx?|py)$|\//.test(path) || path.startsWith('-')) return false;
  return !onceOnly.test(baseName(path) ?? '');
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
