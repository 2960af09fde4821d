import type { ShellWord, SimpleCommand } from '../../languages/shell/ast.ts';

/** A command line of docker: what it does, its options and the words behind them. */
export interface DockerCommand {
  readonly verb: 'build' | 'run' | 'stop';
  readonly verbWord: ShellWord;
  readonly options: readonly DockerOption[];
  /** The context of a build, the containers that are stopped, the image that is run and the command behind it. */
  readonly operands: readonly ShellWord[];
}

export interface DockerOption {
  readonly name: string;
  /** `undefined` for one that stands alone. */
  readonly value: ShellWord | undefined;
}

/** Options that stand alone: every other one takes the next word. */
const flags =
  /^(-[ditqP]+|--(detach|interactive|tty|rm|init|privileged|read-only|publish-all|no-cache|pull|push|load|quiet|squash|no-healthcheck|oom-kill-disable|sig-proxy|force-rm|check))$/;

/**
 * Reads `docker build`, `docker buildx build`, `docker run` and `docker stop`; `undefined` for anything else.
 * @param text what the command's offsets are in
 */
export function dockerCommand({ words }: SimpleCommand, text: string): DockerCommand | undefined {
  if (!/^(docker|podman)$/.test(words[0]?.value ?? '')) return undefined;
  const rest = words.slice(1);
  if (/^(container|image|buildx|builder)$/.test(rest[0]?.value ?? '')) rest.shift();
  const verbWord = rest.shift();
  const verb = verbWord?.value;
  if (!verbWord || (verb !== 'build' && verb !== 'run' && verb !== 'stop')) return undefined;
  const options: DockerOption[] = [];
  const operands: ShellWord[] = [];
  for (let word = rest.shift(); word; word = rest.shift()) {
    // Behind the image that is run stands the container's own command.
    const isOption = word.value?.startsWith('-') && (verb !== 'run' || operands.length === 0);
    if (isOption) {
      const { name, value } = splitOption(word);
      const isAlone = flags.test(name) && !(verb !== 'run' && name === '-t');
      options.push({ name, value: value ?? (isAlone ? undefined : rest.shift()) });
    } else if (isOperand(word, text) || operands.length > 0 || verb !== 'run') {
      operands.push(word);
    }
  }
  return { verb, verbWord, options, operands };
}

/** A word in front of the image that only the shell knows may be options or none, unless it looks like a name. */
function isOperand({ value, start, end }: ShellWord, text: string): boolean {
  return value !== undefined || /^["']?[\w.-]+[/:]/.test(text.slice(start, end));
}

/** The value of the last option with one of some names. */
export function optionOf({ options }: DockerCommand, ...names: readonly string[]): ShellWord | undefined {
  return options.findLast(({ name }) => names.includes(name))?.value;
}

/** An image as it is written, where only the shell knows its tag (`"acme/x:$TAG"`). */
export function imageWritten(word: ShellWord | undefined, text: string): string | undefined {
  return word && (word.value ?? text.slice(word.start, word.end).replaceAll(/["']/g, ''));
}

/** `--name=value` in two; the value keeps its place. */
function splitOption(word: ShellWord): DockerOption {
  const text = word.value ?? '';
  const at = text.startsWith('--') ? text.indexOf('=') : -1;
  if (at < 0) return { name: text, value: undefined };
  const value = text.slice(at + 1);
  return { name: text.slice(0, at), value: { start: word.end - value.length, end: word.end, value } };
}
