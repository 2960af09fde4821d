import type { ShellWord, SimpleCommand } from '../../languages/shell/ast.ts';
import { simpleCommandsOf } from '../../languages/shell/ast.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { dirname } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';

/** A command that a script of the workspace runs. */
export interface ScriptCommand {
  readonly path: string;
  /** The folder in which it runs, as far as that is known. */
  readonly folder: string;
  readonly command: SimpleCommand;
  /** Where its text begins in the file; `undefined` where escapes stand between, so that offsets inside do not carry over. */
  readonly offset: number | undefined;
}

/** What begins a command that is of interest here: parsing every script of a workspace for it would be slow. */
const ofInterest = /\b(docker|podman|buildx)\b/;

/** The commands about containers in package.json scripts and shell scripts. */
export function scriptCommands(files: ReadonlyMap<string, ProjectFile>): ScriptCommand[] {
  return [...files.values()].flatMap((file) => textsIn(file).flatMap((script) => commandsIn(script)));
}

interface ScriptText {
  readonly path: string;
  readonly text: string;
  readonly offset: number | undefined;
}

function textsIn({ path, text, facts }: ProjectFile): ScriptText[] {
  if (facts.language === 'shell') return [{ path, text, offset: 0 }];
  if (facts.language !== 'package') return [];
  return facts.package.scripts.map(({ value, range }) => {
    const isPlain = text.slice(range.start + 1, range.end - 1) === value;
    return { path, text: value, offset: isPlain ? range.start + 1 : undefined };
  });
}

function commandsIn({ path, text, offset }: ScriptText): ScriptCommand[] {
  if (!ofInterest.test(text)) return [];
  const { list } = parseShellCommand(text);
  return simpleCommandsOf(list).flatMap((command) =>
    ofInterest.test(command.words[0]?.value ?? '') ? [{ path, folder: dirname(path), command, offset }] : [],
  );
}

/** Options of `docker build`, `run` and `stop` that stand alone: every other one takes the next word. */
const flags =
  /^(-d|-i|-t|-it|-ti|-dit|-itd|-q|-P|--(detach|interactive|tty|rm|init|privileged|read-only|publish-all|no-cache|pull|push|load|quiet|squash|no-healthcheck|oom-kill-disable|sig-proxy|force-rm|check))$/;

/** A command line of docker: what it does, its options and the words behind them. */
export interface DockerCommand {
  readonly verb: 'build' | 'run' | 'stop';
  readonly options: readonly { readonly name: string; readonly value: ShellWord | undefined }[];
  readonly operands: readonly ShellWord[];
}

/** Reads `docker build`, `docker buildx build`, `docker run` and `docker stop`; `undefined` for anything else. */
export function dockerCommand({ words }: SimpleCommand): DockerCommand | undefined {
  const rest = words.slice(1);
  if (/^(container|image|buildx|builder)$/.test(rest[0]?.value ?? '')) rest.shift();
  const verb = rest.shift()?.value;
  if (verb !== 'build' && verb !== 'run' && verb !== 'stop') return undefined;
  const options: { name: string; value: ShellWord | undefined }[] = [];
  const operands: ShellWord[] = [];
  for (let word = rest.shift(); word; word = rest.shift()) {
    // Behind the image that is run stands the container's own command.
    const isOption = word.value?.startsWith('-') && (verb !== 'run' || operands.length === 0);
    if (isOption) {
      const [name, value] = splitOption(word);
      options.push({ name, value: value ?? (takesValue(verb, name) ? rest.shift() : undefined) });
    } else if (word.value !== undefined || operands.length > 0 || verb !== 'run') {
      operands.push(word);
    }
    // A word in front of the image that only the shell knows may be options or none: passed over.
  }
  return { verb, options, operands };
}

function takesValue(verb: DockerCommand['verb'], name: string): boolean {
  return (verb === 'build' && name === '-t') || !flags.test(name);
}

/** `--name=value` in two; the value keeps its place. */
function splitOption(word: ShellWord): [string, ShellWord | undefined] {
  const text = word.value ?? '';
  const at = text.startsWith('--') ? text.indexOf('=') : -1;
  if (at < 0) return [text, undefined];
  return [text.slice(0, at), { start: word.start + at + 1, end: word.end, value: text.slice(at + 1) }];
}
