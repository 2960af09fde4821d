import { closest } from '../engine/closest.ts';
import type { Rule } from '../engine/types.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { stopSignalFault, usualStopSignals } from '../languages/stopSignals.ts';
import { stagesOf } from '../project/containers.ts';
import { platforms } from '../project/deployments/platforms.ts';
import type { Project } from '../project/project.ts';
import type { Range } from '../text/range.ts';

export const uncatchableStopSignal: Rule = {
  id: 'uncatchable-stop-signal',
  severity: 'error',
  docs: {
    summary:
      'A container is stopped with a signal that no process can handle, or with one that does not exist.',
    what: `Reports STOPSIGNAL of the images that are run, and the stop signal that a deployment file sets (\`stop_signal\` in a
compose file, \`kill_signal\` in fly.toml and Nomad jobs), where it is SIGKILL or SIGSTOP, by name or number, or no signal at all
(\`SIGTREM\`, \`0\`).

Not reported: a signal that a variable holds; development containers and images for tests. Whether the server listens to a
signal that does exist is another question.`,
    why: `With SIGKILL every stop is a crash: there is no shutdown, and every tool call in flight is dropped. SIGSTOP freezes the
server, which holds its connections until the grace period is over and SIGKILL comes. A name that does not exist fails the
build or the start.`,
    fix: `Writes SIGTERM, the signal that is stopped with by default; for a mistyped name the one that was probably meant. It is
safe where the signal was SIGKILL or SIGSTOP, and offered but not applied on its own where the name had to be guessed.`,
  },

  check({ project, report }) {
    for (const { path, range, value, what } of stopSignals(project)) {
      const fault = stopSignalFault(value);
      if (!fault) continue;
      const meant = meantBy(value);
      const message =
        fault === 'uncatchable'
          ? `${what} ${value}: no process can handle this signal, so every stop ${isStop(value) ? 'freezes the server until it is killed' : 'kills the server at once'} and drops its tool calls. Use SIGTERM, which is the default.`
          : `${what} ${value}: there is no such signal, so ${what === 'STOPSIGNAL' ? 'the image is not built' : 'the container is not stopped as meant'}. Use ${meant}.`;
      report({ path, range, message });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const found = stopSignals(project).find((each) => each.path === path && each.range.start === range.start);
    const fault = found && stopSignalFault(found.value);
    if (!found || !fault) return [];
    const newText = meantBy(found.value);
    const edits = new Map([[path, [{ ...found.valueRange, newText }]]]);
    const isSafe = fault === 'uncatchable';
    return [{ ruleId, title: `Stop with ${newText}`, isSafe, isPreferred: true, edits }];
  },
};

interface Named {
  readonly path: string;
  readonly range: Range;
  readonly value: string;
  readonly valueRange: Range;
  /** The key or instruction that sets it. */
  readonly what: string;
}

function stopSignals(project: Project): Named[] {
  return [...inDockerfiles(project), ...inDeployments(project)];
}

function inDockerfiles(project: Project): Named[] {
  return project.dockerfiles.flatMap((dockerfile) => {
    const { path, text } = dockerfile.file;
    if (isDevelopmentFile(path, project.roots)) return [];
    const signals = new Set(stagesOf(project, dockerfile).flatMap(({ stopSignal }) => stopSignal ?? []));
    return [...signals].flatMap(({ value: written, range }) => {
      const value = written.replace(/^(["'])(.*)\1$/, '$2');
      const at = text.slice(range.start, range.end).lastIndexOf(value);
      if (at < 0 || value.includes('$')) return [];
      const start = range.start + at;
      return [{ path, range, value, valueRange: { start, end: start + value.length }, what: 'STOPSIGNAL' }];
    });
  });
}

function inDeployments(project: Project): Named[] {
  return project.deployments.flatMap(({ stopSignal, platform }) => {
    if (!stopSignal) return [];
    const { path, range } = stopSignal.at;
    const raw = project.files.get(path)?.text.slice(range.start, range.end) ?? '';
    const at = raw.indexOf(stopSignal.name);
    if (at < 0) return [];
    const start = range.start + at;
    const valueRange = { start, end: start + stopSignal.name.length };
    return [
      {
        path,
        range,
        value: stopSignal.name,
        valueRange,
        what: platforms[platform].signalKey ?? 'stop_signal',
      },
    ];
  });
}

function meantBy(value: string): string {
  if (stopSignalFault(value) === 'uncatchable' || /^\d/.test(value)) return 'SIGTERM';
  const name = value.toUpperCase();
  return closest(name.startsWith('SIG') ? name : `SIG${name}`, usualStopSignals) ?? 'SIGTERM';
}

function isStop(value: string): boolean {
  return /STOP|19/i.test(value);
}
