import type { Rule, Severity } from '../engine/types.ts';
import { allManagerReports } from '../fixes/deployments/managerReports.ts';
import type { ManagerReport } from '../fixes/dockerfile/manager/report.ts';

const severities: Readonly<Record<ManagerReport['fate'], Severity>> = {
  lost: 'warning',
  unknown: 'warning',
  cut: 'warning',
  repeated: 'information',
  reaches: 'hint',
};

export const packageManagerAsPid1: Rule = {
  id: 'package-manager-as-pid-1',
  severity: 'warning',
  docs: {
    summary: 'npm, yarn, pnpm or the like starts the server and does not pass SIGTERM on to it as it should.',
    what: `Reports a container that starts its server through npm, npx, yarn, pnpm, \`node --run\`, nodemon, PM2 or the like: as
CMD or ENTRYPOINT, in shell form or as an array, behind tini, or in a start script of the workspace; and where a deployment
names a command of its own: \`command\` and \`entrypoint\` of Compose, \`command\` and \`args\` of Kubernetes, \`[processes]\` of
fly.toml, \`command\` and \`args\` of Nomad and ECS, each where a server of the workspace is known to run behind it. What happens to the signal there was measured,
and the message says which case it is:

- npm hands the signal to the shell that runs the script. Debian's (dash) keeps it, busybox and bash make way; a script
  that begins with \`exec\` is reached everywhere. npm 9.6.7 to 10.2.5 keeps the signal itself, 11.5.2 ends too early
- npx and yarn 1 lose it; pnpm 8 to 10 ends before the server has; \`node --run\` leaves it with dash
- PM2 sends SIGINT and kills after 1.6 s
- nodemon sends it two or three times (information)

The version comes from the base image, RUN instructions and \`packageManager\` of package.json.

Not reported: what is known to pass the signal on (npm on Alpine, yarn 4, pnpm 12, \`bun run\`), where a shell in front may
still be \`shell-form-command\`; managers that do something else than to start a script (\`npm ci\`); \`npm run dev\` in
Dockerfile.dev, and in any deployment file; scripts for tests; Windows images; development containers and images for tests.`,
    why: `\`docker stop\` and Kubernetes send SIGTERM to process 1 alone, and that is the manager. Where it ends without waiting,
the container is gone and the server with it, in the middle of its tool calls; where it keeps the signal, the server works on
until SIGKILL. However good the server's own handler is, it never runs. An init (tini, \`init: true\`, Fly's own) does not help.`,
    fix: `Writes the command that the script runs in the end, as package.json says it, in exec form:
\`CMD ["npm", "start"]\` becomes \`CMD ["node", "dist/index.js"]\`. A command of a deployment file keeps its form there: one
text, a list in brackets or in lines, with its quotes. Followed are scripts that run scripts, arguments behind
\`--\`, \`pre\` scripts, \`--prefix\`, workspaces (\`-w\`, \`--filter\`), \`cross-env\`, \`dotenv --\` (from Node 22.9 on), and programs of
dependencies in \`node_modules/.bin\`.

It is safe where the same program gets the same arguments and nothing in the workspace reads the variables that npm sets
(\`npm_package_version\`). It is offered but not applied on its own for programs of dependencies and where versions differ.
There is none where the command cannot be told for certain; the message says why.`,
  },

  check({ project, report }) {
    for (const { path, range, fate, message, related } of allManagerReports(project)) {
      report({ path, range, message, related, severity: severities[fate] });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const found = allManagerReports(project).find(
      (each) => each.path === path && each.range.start === range.start,
    );
    if (!found?.rewrite) return [];
    const { result, isSafe, edits } = found.rewrite;
    return [
      {
        ruleId,
        title: `Start the server itself: ${result}`,
        isSafe,
        isPreferred: true,
        edits: new Map([[path, edits]]),
      },
    ];
  },
};
