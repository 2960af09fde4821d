import type { Fix, Rule } from '../engine/types.ts';
import { ownShells, stepAside } from '../fixes/deployments/ownShells.ts';
import { diagnose } from '../fixes/dockerfile/explain.ts';
import { managerReport } from '../fixes/dockerfile/manager/report.ts';
import type { Rewrite } from '../fixes/dockerfile/rewrite.ts';
import { rewriteStart } from '../fixes/dockerfile/startRewrite.ts';
import type { Stage } from '../languages/dockerfile/facts.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { type ShellRun, shellRunOf } from '../languages/dockerfile/shellRun.ts';
import { runsArguments, stagesOf, startsOf } from '../project/containers.ts';
import type { DockerfileInProject, Project } from '../project/project.ts';

export const shellFormCommand: Rule = {
  id: 'shell-form-command',
  severity: 'error',
  docs: {
    summary: 'A shell stands between the container and the server and keeps SIGTERM to itself.',
    what: `Reports the CMD or ENTRYPOINT of an image that starts its program through a shell which does not make way for it:
shell form (\`CMD node dist/index.js\`), and an array that calls a shell itself (\`["sh", "-c", "node dist/index.js"]\`).
CMD in shell form counts behind an ENTRYPOINT that runs what it is given, too: tini, gosu, a script that ends in
\`exec "$@"\`. So does a shell that a deployment file calls: \`command: sh -c "..."\` of Compose, Kubernetes, Fly.io, Nomad or
ECS, where a server of the workspace is known to run behind it. The last build stage is the image, and those that a deployment file names as its target; what they take over
from an earlier stage of the same file counts too.

How loud it is depends on what /bin/sh is in the image, as far as the base image tells:

- error where it keeps the signal: Debian and Ubuntu (dash) for anything without \`exec\`; every shell where something
  follows the server, or the server stands in a pipe, a loop or the background; and where the image has no shell at all
  (distroless, scratch), so that the container does not start
- warning where the shell is not known
- hint where this command in this image does reach the server: Alpine (busybox) and RHEL, Fedora or Amazon Linux (bash)
  make way for the last command

Not reported: \`exec\` in front of the last command; npm and other package managers that do not pass the signal on
(\`package-manager-as-pid-1\`); commands that
only keep a container open (\`sleep infinity\`, \`bash\`); a shell that sets its own \`trap\`; CMD in shell form behind an
ENTRYPOINT that takes it as arguments (\`command-ignored\`); HEALTHCHECK and ONBUILD; stages that are not the image; development containers and images for
tests.`,
    why: `\`docker stop\` and Kubernetes send SIGTERM to process 1 alone. In shell form that is the shell. A shell as process 1
ignores SIGTERM and does not pass it on, so the server works on as if nothing had happened until the grace period is over
(10 s with Docker, 30 s with Kubernetes) and SIGKILL ends it: every tool call in flight is dropped, however good the
server's own handler is. A handler in the server does not help, nor does an init such as tini in front of the shell.`,
    fix: `Rewrites the command so that the server is process 1, or shows why it cannot:

- plain words become an array: \`["node", "dist/index.js"]\`; variables set in front become \`["env", "A=1", "node", ...]\`
- what needs a shell (variables, globs, redirections, \`a && b\`) keeps it, with \`exec\` in front of the last command:
  \`["sh", "-c", "exec node dist/index.js --port $PORT"]\`. Docker itself never fills in variables there
- a SHELL instruction is respected: \`["/bin/bash", "-o", "pipefail", "-c", "exec ..."]\`

Continuation lines and comments stay. The fix is safe where process, arguments, environment and files stay the same; it
is offered but not applied on its own where that cannot be known (a variable in the place of the program, a script without
a known \`#!\` line, Windows). There is none for pipes, background commands and \`||\` behind the server: what to do instead is in
the message.`,
  },

  check({ project, report }) {
    for (const dockerfile of project.dockerfiles) {
      const { path } = dockerfile.file;
      for (const { run } of shellRunsOf(project, dockerfile)) {
        const diagnosis = diagnose(run);
        if (diagnosis) report({ path, range: run.command.range, ...diagnosis });
      }
    }
    for (const { path, range, run } of ownShells(project)) {
      const diagnosis = diagnose(run);
      if (diagnosis) report({ path, range, ...diagnosis });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const own = ownShells(project).find((each) => each.path === path && each.range.start === range.start);
    if (own) {
      const aside = stepAside(project, own);
      return aside ? [fixOf(ruleId, path, stepsAside, aside)] : [];
    }
    const dockerfile = project.dockerfiles.find(({ file }) => file.path === path);
    const found =
      dockerfile &&
      shellRunsOf(project, dockerfile).find(({ run }) => run.command.range.start === range.start);
    if (!found) return [];
    const rewrite = rewriteStart({ fileText: dockerfile.file.text, facts: dockerfile.facts, ...found });
    if (!rewrite) return [];
    return [fixOf(ruleId, path, found.run.isShellForm ? 'Rewrite in exec form' : stepsAside, rewrite)];
  },
};

const stepsAside = 'Make the shell step aside';

function fixOf(ruleId: string, path: string, what: string, { result, isSafe, edits }: Rewrite): Fix {
  return { ruleId, title: `${what}: ${result}`, isSafe, isPreferred: true, edits: new Map([[path, edits]]) };
}

interface StageRun {
  readonly stage: Stage;
  readonly run: ShellRun;
}

/** The starts through a shell of the stages that are run, each command once. */
function shellRunsOf(project: Project, dockerfile: DockerfileInProject): StageRun[] {
  if (isDevelopmentFile(dockerfile.file.path, project.roots)) return [];
  const runs = stagesOf(project, dockerfile).flatMap((stage): StageRun[] => {
    const start = startsOf(project, dockerfile).find((each) => each.stage === stage);
    if (start && managerReport(project, dockerfile, start)) return [];
    const run = shellRunOf(dockerfile.facts, stage, () => runsArguments(project, dockerfile, stage));
    return run ? [{ stage, run }] : [];
  });
  return runs.filter(
    ({ run }, index) => runs.findIndex((other) => other.run.command === run.command) === index,
  );
}
