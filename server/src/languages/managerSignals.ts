import type { ShellBehavior, SignalFate } from './shell/signals.ts';

/**
 * What becomes of one SIGTERM that a manager gets: `reaches` the program, is `lost`, is passed on more than once
 * (`repeated`), passed on with a time limit of its own (`cut`), or that is not known.
 */
export type ManagerFate = SignalFate | 'repeated' | 'cut';

/** What is known of a manager where it runs. */
export interface ManagerSetting {
  readonly manager: string;
  /** As far as known: `10.2.4`, `22` (a major version alone). */
  readonly version: string | undefined;
  /** The /bin/sh through which it starts scripts. */
  readonly shell: ShellBehavior;
  /** What becomes of a signal in that shell, with the script's own text. */
  readonly inShell: SignalFate;
}

/** Measured with each manager as process 1. */
export function managerFate({ manager, version, shell, inShell }: ManagerSetting): ManagerFate {
  const major = version === undefined ? undefined : Number.parseInt(version, 10);
  switch (manager) {
    case 'npm':
      if (version !== undefined && isBrokenNpm(version)) return 'lost';
      return version === undefined && inShell === 'reaches' ? 'unknown' : inShell;
    case 'npx':
      return 'lost';
    case 'yarn':
      return major === 1 ? 'lost' : major === 4 ? 'reaches' : 'unknown';
    case 'pnpm':
      if (major === undefined) return 'unknown';
      return major >= 8 && major <= 10 ? 'lost' : major >= 12 ? 'reaches' : 'unknown';
    case 'bun':
      return 'reaches';
    case 'node --run':
      return shell === 'dash' ? 'lost' : 'unknown';
    case 'nodemon':
      return 'repeated';
    case 'pm2-runtime':
    case 'pm2-docker':
      return 'cut';
    default:
      return 'unknown';
  }
}

/** npm 9.6.7 to 10.2.5 keeps the signal to itself; 11.5.2 ends before the script does. */
export function isBrokenNpm(version: string): boolean {
  if (version === '11.5.2') return true;
  // `npm@10` is the last of them.
  if (!/^\d+\.\d+\.\d+/.test(version)) return false;
  return compare(version, '9.6.7') >= 0 && compare(version, '10.2.5') <= 0;
}

/**
 * A version of npm that does with a signal what the one of an official Node image does.
 * @param node the image's version of Node: `20.10`, or `20` for the last of its releases
 */
export function npmOfNode(node: string): string {
  const [major = 0, minor] = node.split('.').map(Number);
  const broken: Readonly<Record<number, readonly [number, number]>> = {
    18: [17, 19],
    20: [3, 11],
    21: [0, 6],
  };
  const range = broken[major];
  const isBroken = range !== undefined && minor !== undefined && minor >= range[0] && minor <= range[1];
  if (isBroken) return major === 18 && minor === 17 ? '9.6.7' : '10.2.4';
  return major <= 18 ? '8.0.0' : major <= 22 ? '10.8.0' : '11.6.0';
}

function compare(a: string, b: string): number {
  const [first, second] = [a, b].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let index = 0; index < 3; index += 1) {
    const difference = (first![index] ?? 0) - (second![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
