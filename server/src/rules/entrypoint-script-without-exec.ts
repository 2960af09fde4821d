import type { RelatedLocation, Rule } from '../engine/types.ts';
import { managerReport } from '../fixes/dockerfile/manager/report.ts';
import { explainScript } from '../fixes/shell/explainScript.ts';
import { scriptFix } from '../fixes/shell/scriptFix.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { signalsGroup, splitInit } from '../languages/dockerfile/processTree.ts';
import type { ContainerStart, ScriptStep } from '../project/containerStart.ts';
import { startsOf } from '../project/containers.ts';
import type { Place } from '../project/deployments/deployment.ts';
import { isDevelopmentName } from '../project/deployments/development.ts';
import { ownStarts } from '../project/deployments/ownStarts.ts';
import { memoized } from '../project/memoize.ts';
import type { DockerfileInProject, Project } from '../project/project.ts';
import { basename } from '../text/paths.ts';

export const entrypointScriptWithoutExec: Rule = {
  id: 'entrypoint-script-without-exec',
  severity: 'warning',
  docs: {
    summary: 'A start script of a container that stays between the container and the server.',
    what: `Follows ENTRYPOINT and CMD of the images that are run, and commands that deployment files put in their place, into
the shell scripts of the build context, by the COPY instructions that put them there, and reports a script that

- starts the server in the foreground without \`exec\`; a shell that reads a file makes way for no command of it, whichever
  shell it is
- sets a trap, but runs the server in the foreground, so that the trap waits for the server's end
- starts the server in the background and passes no signal on to it
- passes the signal on, but does not wait for the server after that

The server is Node or another runtime with a program, a command of a package of the workspace, or what the script is
called with (\`"$@"\`). The finding stands in the script, and the Dockerfile's instruction is named with it.

Not reported: scripts that end in \`exec\`, whatever they do before; tools that they run first (\`node dist/migrate.js\`); a trap
that passes the signal on and waits; scripts that cannot be read for certain, or that are run by a supervisor;
scripts that are named for development or tests (\`entrypoint-dev.sh\`), development containers and images for tests. Package
managers are \`package-manager-as-pid-1\`.`,
    why: `\`docker stop\` and Kubernetes send SIGTERM to process 1 alone, which is the script's shell. A shell as process 1
ignores it and tells nobody: the server works on until the grace period is over and SIGKILL ends it, with every tool call in
flight. Behind an init such as tini it is the other way round: the shell ends at once, the container with it, and the
server is killed in the middle of its calls. A \`wait\` returns as soon as a trap has run, so a script whose last command
is one \`wait\` ends the container before the server has finished.`,
    fix: `Puts \`exec\` in front of the server, in the script, where it is the last thing that the script does; or lets the trap
wait for the server it has signalled. Both are safe. There is none where something follows the server, where the script
has traps of its own, and for servers in pipes, loops or the background: what to do instead is in the message.`,
  },

  check({ project, report }) {
    for (const { step, uses, init } of faultyScripts(project)) {
      const { start, facts, file } = step;
      const [program] = start?.path.programs ?? [];
      if (!start || !program) continue;
      const trap =
        start.fault === 'stays' ? undefined : start.traps.find(({ signals }) => signals.includes('TERM'));
      const ownTrap = trap ? [{ path: file.path, range: trap.command, message: 'The trap.' }] : [];
      report({
        path: file.path,
        range: { start: program.start, end: program.end },
        message: explainScript(facts, start, init),
        related: [
          ...uses,
          ...ownTrap.map((place) => ({
            ...place,
            range: { start: place.range.start, end: place.range.end },
          })),
        ],
      });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const found = faultyScripts(project).find(
      ({ step: { file, start } }) => file.path === path && start?.path.programs[0]?.start === range.start,
    );
    const fix = found?.step.start && scriptFix(found.step.facts, found.step.start);
    return fix ? [{ ruleId, ...fix, isPreferred: true, edits: new Map([[path, fix.edits]]) }] : [];
  },
};

interface FaultyScript {
  readonly step: ScriptStep;
  /** The instructions that run it. */
  readonly uses: readonly RelatedLocation[];
  /** The init in front of it, where every image has one. */
  readonly init: string | undefined;
}

/** The scripts in which a signal is lost, each once. */
const faultyScripts = memoized((project: Project): readonly FaultyScript[] => {
  const found = new Map<string, FaultyScript>();
  for (const { start, dockerfile, at } of allStarts(project)) {
    const words = start.command.words ?? [];
    // A manager in the script is spoken of by itself: its fix repairs the script, too.
    const manager = managerReport(project, dockerfile, start);
    const { init } = splitInit(words);
    for (const step of start.scripts.filter((each) => isFaulty(each, words))) {
      if (manager?.path === step.file.path || isDevelopmentName(basename(step.file.path))) continue;
      const use = { ...at, message: 'The container starts with this script.', isCause: true } as const;
      const before = found.get(step.file.path);
      const uses = [...(before?.uses ?? []), use];
      found.set(step.file.path, { step, uses, init: before ? before.init && init : init });
    }
  }
  return [...found.values()];
});

interface PlacedStart {
  readonly start: ContainerStart;
  readonly dockerfile: DockerfileInProject;
  readonly at: Place;
}

/** What the images start, and what deployments start in them by commands of their own. */
function allStarts(project: Project): PlacedStart[] {
  const inImages = project.dockerfiles.flatMap((dockerfile) => {
    const { path } = dockerfile.file;
    if (isDevelopmentFile(path, project.roots)) return [];
    return startsOf(project, dockerfile).map((start) => ({
      start,
      dockerfile,
      at: { path, range: start.command.range },
    }));
  });
  const own = ownStarts(project).map(({ start, dockerfile, command: { at } }) => ({ start, dockerfile, at }));
  return [...inImages, ...own];
}

function isFaulty({ start }: ScriptStep, argv: readonly string[]): boolean {
  if (start?.fate !== 'lost') return false;
  // A trap keeps the shell alive while the server, which heard the signal itself, ends.
  if (start.fault === 'deferred' && signalsGroup(argv)) return false;
  return true;
}
