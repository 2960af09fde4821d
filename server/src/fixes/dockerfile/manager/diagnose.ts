import { imageShellOf } from '../../../languages/dockerfile/imageShell.ts';
import { installedManager, nodeOfImage } from '../../../languages/dockerfile/managers.ts';
import { splitInit } from '../../../languages/dockerfile/processTree.ts';
import { behaviorOf, defaultShell } from '../../../languages/dockerfile/shellRun.ts';
import { isBrokenNpm, type ManagerFate, managerFate, npmOfNode } from '../../../languages/managerSignals.ts';
import { parseShellCommand } from '../../../languages/shell/parse.ts';
import { type ShellBehavior, type SignalFate, signalFate } from '../../../languages/shell/signals.ts';
import { startPathOf } from '../../../languages/shell/startPath.ts';
import type { ContainerStart } from '../../../project/containerStart.ts';
import { packageOfCall, scriptText } from '../../../project/packageScripts.ts';
import { dirname, joinPath } from '../../../text/paths.ts';
import type { CallPlace } from './resolve.ts';
import type { ManagerStart } from './start.ts';

/** What becomes of SIGTERM behind a manager, and why, as a sentence's parts. */
export interface ManagerDiagnosis {
  readonly fate: ManagerFate;
  /** "npm start" is PID 1: what happens. */
  readonly says: string;
  /** The container lives on until SIGKILL; else it ends at once, and the server with it. */
  readonly hangs: boolean;
}

/**
 * Says what a manager does with the signal in this image; silent callers look at the fate.
 * @param signal the one that stops the container
 */
export function diagnoseManager(
  manager: ManagerStart,
  start: ContainerStart,
  place: CallPlace,
  signal: string,
): ManagerDiagnosis {
  const { call, shown } = manager;
  const { kind, image } = imageShellOf(place.source.facts, place.stage);
  const behavior = behaviorOf(defaultShell, { kind, image });
  const shell: ShellBehavior = behavior === 'none' || behavior === 'windows' ? 'unknown' : behavior;
  const inShell = fateInShell(manager, place, shell);
  const version = versionOf(call.manager, place);
  const measured = managerFate({ manager: call.manager, version, shell, inShell });
  const isMeasured = signal === 'SIGTERM' || call.manager === 'npm';
  const fate = measured === 'lost' && !isMeasured ? 'unknown' : measured;
  const { init } = splitInit(start.command.words ?? []);
  const opening = `"${shown}" stands between ${init ?? 'the container'} and the server`;
  const where =
    image === undefined
      ? "the image's /bin/sh"
      : `${image}'s /bin/sh${shell === 'unknown' ? '' : ` (${shell})`}`;
  const isBehindShell = fate !== 'reaches' && losesBefore(manager, start);
  const reason = isBehindShell
    ? behindShell(call.manager, init, signal)
    : isMeasured || fate !== 'unknown'
      ? reasonFor(call.manager, fate, version, where, signal)
      : `whether ${call.manager} passes ${signal} on is not certain; where it does not, ${killed}.`;
  return { fate, says: `${opening}: ${reason}`, hangs: reason.includes(unheard) };
}

/** Whether a shell in front of the manager keeps the signal already. */
function losesBefore({ site }: ManagerStart, { scripts }: ContainerStart): boolean {
  if (site.kind === 'script') return scripts.at(-1)?.start?.fate === 'lost';
  if (site.kind !== 'text' || site.run.behavior === 'none' || site.run.behavior === 'windows') return false;
  return signalFate(startPathOf(parseShellCommand(site.run.text)), site.run.behavior) === 'lost';
}

function behindShell(manager: string, init: string | undefined, signal: string): string {
  return init
    ? `the shell that starts ${manager} ends on ${signal}, and with it the container, so ${killed}.`
    : `the shell that starts ${manager} keeps ${signal} to itself, so ${unheard}.`;
}

const unheard = 'the server never hears it and is killed after the grace period';

const killed = 'the server is killed in the middle of its calls';

function reasonFor(
  manager: string,
  fate: ManagerFate,
  version: string | undefined,
  shell: string,
  signal: string,
): string {
  if (fate === 'repeated') {
    return `nodemon passes ${signal} on two or three times, and a handler that runs again cuts its own shutdown short. It is made for development.`;
  }
  if (fate === 'cut') {
    return `${manager} stops the server with SIGINT and kills it 1.6 s later, unless its kill_timeout says more, however long the platform would wait.`;
  }
  if (fate === 'unknown') {
    return `whether ${manager} passes ${signal} on depends on its version${manager === 'npm' ? ` and on ${shell}` : ''}; where it does not, ${killed}.`;
  }
  switch (manager) {
    case 'npm':
      if (version === '11.5.2') return `npm 11.5.2 ends before the server has finished, so ${killed}.`;
      if (version !== undefined && isBrokenNpm(version)) {
        return `npm 9.6.7 to 10.2.5 keeps ${signal} to itself, so ${unheard}.`;
      }
      return signal === 'SIGTERM'
        ? `npm hands SIGTERM to ${shell}, which keeps it to itself, and then npm ends: ${killed}.`
        : `npm hands ${signal} to ${shell}, which keeps it to itself, so ${unheard}.`;
    case 'npx':
      return `only npx itself and its wrapper hear SIGTERM, so ${killed}.`;
    case 'yarn':
      return `yarn 1 does not pass SIGTERM on, so ${killed}.`;
    case 'pnpm':
      return `pnpm 8 to 10 ends before the server has finished, so ${killed}.`;
    default:
      return `${manager} leaves ${signal} with ${shell}, so ${unheard}.`;
  }
}

/** What the shell that runs the script does with a signal; as for a single command where the script is not known. */
function fateInShell({ call }: ManagerStart, place: CallPlace, shell: ShellBehavior): SignalFate {
  const found =
    call.script === undefined ? undefined : packageOfCall(place.source, place.stage, place.folder, call);
  const text =
    typeof found === 'object' && call.script !== undefined ? scriptText(found, call.script) : undefined;
  return signalFate(startPathOf(parseShellCommand(text ?? 'node server.js')), shell);
}

/** The version of a manager in an image, as far as image, RUN instructions and package.json tell. */
export function versionOf(manager: string, place: CallPlace): string | undefined {
  const { source, stage } = place;
  const installed = installedManager(source.facts, stage, manager);
  const node = nodeOfImage(source.facts, stage);
  if (manager === 'npm') return installed ?? (node === undefined ? undefined : npmOfNode(node));
  const declared = declaredVersion(manager, place);
  // Official Node images bring yarn 1.
  return declared ?? installed ?? (manager === 'yarn' && node !== undefined ? '1' : undefined);
}

/** The `packageManager` of the package.json nearest to the Dockerfile. */
function declaredVersion(manager: string, { source: { path, files } }: CallPlace): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const facts = files.get(joinPath(folder, 'package.json'))?.facts;
    const declared = facts?.language === 'package' ? facts.package.packageManager : undefined;
    if (declared?.startsWith(`${manager}@`)) return declared.slice(manager.length + 1);
    if (folder === '' || folder === dirname(folder)) return undefined;
  }
}
