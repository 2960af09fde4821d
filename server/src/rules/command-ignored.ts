import type { Rule } from '../engine/types.ts';
import { type CommandRepair, repairArguments, repairIgnored } from '../fixes/dockerfile/ignoredCommand.ts';
import type { Command, Stage } from '../languages/dockerfile/facts.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { imageShellOf } from '../languages/dockerfile/imageShell.ts';
import { splitInit } from '../languages/dockerfile/processTree.ts';
import { argvOf } from '../languages/dockerfile/startCommand.ts';
import { baseName, isPackageManager, withoutWrappers } from '../languages/shell/programs.ts';
import { stagesOf } from '../project/containers.ts';
import type { DockerfileInProject, Project } from '../project/project.ts';

export const commandIgnored: Rule = {
  id: 'command-ignored',
  severity: 'warning',
  docs: {
    summary: 'A CMD that ENTRYPOINT ignores, or gets as arguments that make no sense.',
    what: `Reports two ways in which the forms of ENTRYPOINT and CMD do not go together:

- ENTRYPOINT in shell form: Docker runs \`/bin/sh -c\` with its text alone, and nothing of CMD reaches it
- ENTRYPOINT as an array that names a program (\`["node", "dist/index.js"]\`), and CMD in shell form: the program gets the
  arguments \`/bin/sh\`, \`-c\` and the text of the CMD

Not reported: an ENTRYPOINT that runs what it is given (tini, gosu, a script that ends in \`exec "$@"\`), an ENTRYPOINT that is
not known; an empty CMD; a CMD that the ENTRYPOINT of a later stage takes away; development containers and images for
tests.`,
    why: `The server runs without the options that the Dockerfile seems to give it: it listens on another port, speaks another
transport, or does not start. Whoever runs the image with arguments of their own (\`docker run image --port 80\`) is ignored
in the same way.`,
    fix: `Writes both as arrays, so that ENTRYPOINT takes the CMD as its arguments. That changes what runs, so it is offered and
not applied on its own. A CMD that is ignored and is a command of its own (\`CMD ["node", "dist/index.js"]\`) is removed
instead, which changes nothing and is safe. There is no fix where a shell has to make out the words.`,
  },

  check({ project, report }) {
    for (const dockerfile of project.dockerfiles) {
      for (const { cmd, entrypoint, message } of mismatches(project, dockerfile)) {
        const { path } = dockerfile.file;
        const related = [{ path, range: entrypoint.range, message: 'This ENTRYPOINT is what runs.' }];
        report({ path, range: cmd.range, message, related });
      }
    }
  },

  fixes(project, { path, range, ruleId }) {
    const dockerfile = project.dockerfiles.find(({ file }) => file.path === path);
    const found =
      dockerfile && mismatches(project, dockerfile).find(({ cmd }) => cmd.range.start === range.start);
    const repair = found?.repair();
    if (!repair) return [];
    const { title, isSafe, edits } = repair;
    return [{ ruleId, title, isSafe, isPreferred: true, edits: new Map([[path, edits]]) }];
  },
};

interface Mismatch {
  readonly cmd: Command;
  readonly entrypoint: Command;
  readonly message: string;
  repair(): CommandRepair | undefined;
}

function mismatches(project: Project, dockerfile: DockerfileInProject): Mismatch[] {
  if (isDevelopmentFile(dockerfile.file.path, project.roots)) return [];
  const found = stagesOf(project, dockerfile).flatMap(
    (stage) => mismatchIn(project, dockerfile, stage) ?? [],
  );
  return found.filter(({ cmd }, index) => found.findIndex((other) => other.cmd === cmd) === index);
}

function mismatchIn(
  project: Project,
  { file: { text }, facts }: DockerfileInProject,
  stage: Stage,
): Mismatch | undefined {
  const { entrypoint, cmd } = stage;
  if (!entrypoint || !cmd || cmd.argv?.length === 0 || cmd.form === 'malformed-exec') return undefined;
  // Without a shell nothing starts at all, which is said of the ENTRYPOINT.
  if (entrypoint.form === 'shell' && imageShellOf(facts, stage).kind === 'none') return undefined;
  const repair = (): CommandRepair | undefined =>
    entrypoint.form === 'shell' ? repairIgnored(text, facts, stage, cmd) : repairArguments(text, cmd);
  if (entrypoint.form === 'shell') {
    const message =
      'ENTRYPOINT is in shell form, which ignores CMD: nothing written here reaches the server. Write ENTRYPOINT as an array, or say everything in one of the two.';
    return { cmd, entrypoint, message, repair };
  }
  if (entrypoint.form !== 'exec' || cmd.form !== 'shell') return undefined;
  const program = takerOf(project, entrypoint.argv ?? []);
  if (program === undefined) return undefined;
  const [shell = '', ...options] = argvOf(facts, stage, cmd).slice(0, -1);
  const message = `ENTRYPOINT is an array and CMD is in shell form, so ${program} gets the arguments ${[shell, ...options].join(' ')} and this text as a whole, and none of its words as an option. Write CMD as an array, too.`;
  return { cmd, entrypoint, message, repair };
}

const runtimes = /^(node|nodejs|bun|deno|tsx|ts-node|python[\d.]*|java|dotnet|php|ruby|uvicorn|gunicorn)$/;

/** The program that takes CMD as its own arguments; `undefined` where it may be one that runs them. */
function takerOf(project: Project, entrypoint: readonly string[]): string | undefined {
  const words = withoutWrappers(splitInit(entrypoint).rest ?? []);
  const name = baseName(words[0]);
  if (name === undefined) return undefined;
  const isOwn = [...project.files.values()].some(
    ({ facts }) => facts.language === 'package' && facts.package.bins.some((bin) => bin.name === name),
  );
  const isProgram = runtimes.test(name) || isPackageManager(words) || /\.[cm]?js$/.test(name) || isOwn;
  return isProgram && words.at(-1) !== '--' ? name : undefined;
}
