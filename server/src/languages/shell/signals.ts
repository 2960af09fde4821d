import type { StartPath, StartShape } from './startPath.ts';

/** A shell by how it treats the process that it starts for `-c`. */
export type ShellBehavior = 'dash' | 'busybox' | 'bash' | 'bash-before-5.1' | 'unknown';

/** `reaches`: the shell makes way for the program, so that a signal reaches it; `lost`: it stays in between. */
export type SignalFate = 'reaches' | 'lost' | 'unknown';

/** Shapes in which each shell, measured, makes way although there is no `exec`. */
const passing: Readonly<Record<Exclude<ShellBehavior, 'unknown'>, readonly StartShape[]>> = {
  dash: [],
  'bash-before-5.1': ['alone'],
  bash: ['alone', 'last'],
  busybox: ['alone', 'last', 'redirected', 'grouped', 'subshell', 'after-background'],
};

/** Shapes in which no shell makes way: it still has something to do afterwards. */
const neverPassing: readonly StartShape[] = [
  'followed',
  'fallback',
  'piped',
  'negated',
  'background',
  'loop',
  'unreachable',
];

/** Whether SIGTERM, sent to the shell as process 1, reaches the program. */
export function signalFate({ shape }: StartPath, shell: ShellBehavior): SignalFate {
  if (shape === 'exec') return 'reaches';
  if (neverPassing.includes(shape)) return 'lost';
  if (shell === 'unknown' || shape === 'unclear' || shape === 'trapped') return 'unknown';
  if (passing[shell].includes(shape)) return 'reaches';
  return shell === 'bash-before-5.1' && shape === 'last' ? 'unknown' : 'lost';
}
