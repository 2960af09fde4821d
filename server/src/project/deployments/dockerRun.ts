import type { ShellWord } from '../../languages/shell/ast.ts';
import { dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import type { CommandWords, Deployment, Place, Variable } from './deployment.ts';
import { type DockerCommand, dockerCommand, imageWritten, optionOf } from './dockerCommand.ts';
import { parseSeconds } from './durations.ts';
import { platforms } from './platforms.ts';
import { type ScriptCommand, scriptCommands } from './scripts.ts';
import { parseEnvFile } from './variables.ts';

/**
 * Containers that scripts of the workspace run and leave running (`docker run -d`), or run or stop with a period of
 * their own. Those that a terminal is attached to are for trying things out.
 */
export function dockerRunDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  const commands = scriptCommands(files).flatMap((script) => {
    const docker = dockerCommand(script.command, script.text);
    return docker ? [{ script, docker }] : [];
  });
  const stops = commands.filter(({ docker }) => docker.verb === 'stop');
  return commands.flatMap(({ script, docker }) => {
    if (docker.verb !== 'run') return [];
    const isLeft = docker.options.some(({ name }) => /^(-\w*d\w*|--detach|--restart)$/.test(name));
    const hasOwnPeriod = docker.options.some(({ name }) => /^--stop-(timeout|signal)$/.test(name));
    const run = deploymentOf(script, docker, files);
    const stopped = stops.flatMap((stop) => stoppedBy(run, docker, stop.script, stop.docker) ?? []);
    if (stopped.length > 0) return stopped;
    return hasOwnPeriod || (isLeft && !script.isWorkflow) ? [run] : [];
  });
}

/** The container as `docker stop -t SECONDS NAME` stops it. */
function stoppedBy(
  run: Deployment,
  docker: DockerCommand,
  script: ScriptCommand,
  stop: DockerCommand,
): Deployment | undefined {
  const name = optionOf(docker, '--name')?.value;
  const timeout = optionOf(stop, '-t', '--time', '--timeout');
  if (!timeout || name === undefined || !stop.operands.some(({ value }) => value === name)) return undefined;
  const period = {
    ms: timeout.value === undefined ? undefined : parseSeconds(timeout.value),
    setAt: placeOf(script, timeout),
    holder: undefined,
  };
  return { ...run, platform: 'docker-stop', period };
}

function deploymentOf(
  script: ScriptCommand,
  docker: DockerCommand,
  files: ReadonlyMap<string, ProjectFile>,
): Deployment {
  const [image, ...command] = docker.operands;
  const timeout = optionOf(docker, '--stop-timeout');
  const signal = optionOf(docker, '--stop-signal');
  const { offset, path } = script;
  const holder = offset === undefined ? undefined : { path, behind: offset + docker.verbWord.end };
  const at = placeOf(script, image ?? docker.verbWord);
  const name = imageWritten(image, script.text);
  return {
    platform: 'docker-run',
    name: optionOf(docker, '--name')?.value ?? name ?? 'docker run',
    at,
    period: timeout
      ? {
          ms: timeout.value === undefined ? undefined : parseSeconds(timeout.value),
          setAt: placeOf(script, timeout),
          holder,
        }
      : { ms: platforms['docker-run'].defaultMs, setAt: undefined, holder },
    preStop: undefined,
    stopSignal: signal?.value ? { name: signal.value, at: placeOf(script, signal) } : undefined,
    environment: new Map([...envFilesOf(script, docker, files), ...environmentOf(script, docker)]),
    image: {
      name,
      builtAs: undefined,
      build: undefined,
      entrypoint: entrypointOf(script, docker),
      command: command.length > 0 ? wordsOf(script, command) : undefined,
      workdir: optionOf(docker, '-w', '--workdir')?.value,
      folder: undefined,
      hasInit: docker.options.some(({ name }) => name === '--init'),
    },
    isDevelopment: false,
    signalHolder: holder,
    pod: undefined,
  };
}

function entrypointOf(script: ScriptCommand, docker: DockerCommand): CommandWords | undefined {
  const word = optionOf(docker, '--entrypoint');
  return word && wordsOf(script, [word]);
}

function wordsOf(script: ScriptCommand, words: readonly ShellWord[]): CommandWords {
  const values = words.map(({ value }) => value);
  const [first] = words;
  return {
    words: values.every((value) => value !== undefined) ? values : undefined,
    at: placeOf(script, first ?? { start: 0, end: 0 }),
  };
}

/** What `--env-file` sets: found from the script's folder, or the one above for those that stand in scripts/. */
function envFilesOf(
  script: ScriptCommand,
  { options }: DockerCommand,
  files: ReadonlyMap<string, ProjectFile>,
): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const { name: option, value: word } of options) {
    if (option !== '--env-file' || !word?.value) continue;
    const named = word.value;
    const folders = [script.folder, dirname(script.folder)];
    const file = folders.map((folder) => files.get(joinPath(folder, named))).find((each) => each);
    for (const [name, value] of parseEnvFile(file?.text ?? ''))
      variables.set(name, { value, at: placeOf(script, word) });
  }
  return variables;
}

function environmentOf(script: ScriptCommand, { options }: DockerCommand): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const { name: option, value: word } of options) {
    if (!word?.value || !/^(-e|--env)$/.test(option)) continue;
    const [name = '', ...value] = word.value.split('=');
    variables.set(name, { value: value.length > 0 ? value.join('=') : undefined, at: placeOf(script, word) });
  }
  return variables;
}

/** A word in its file, or the whole text around it where that cannot be said. */
function placeOf({ path, offset, around }: ScriptCommand, { start, end }: ShellWord): Place {
  return { path, range: offset === undefined ? around : { start: offset + start, end: offset + end } };
}
