import { baseName } from '../shell/programs.ts';

/** Programs made to be process 1: they start another one and hand signals on. */
const inits = /^(tini|tini-static|tini-amd64|tini-arm64|dumb-init|catatonit|docker-init)$/;

/** Whether a program is one of those. */
export function isInit(program: string | undefined): boolean {
  return inits.test(baseName(program) ?? '');
}

/** Whether an init sends signals to the whole process group, and so past a shell: dumb-init, or `tini -g`. */
export function signalsGroup(argv: readonly string[]): boolean {
  const name = baseName(argv[0]) ?? '';
  const { rest = [] } = splitInit(argv);
  const options = argv.slice(1, argv.length - rest.length);
  if (name === 'dumb-init') return !options.some((option) => /^(-c|--single-child)$/.test(option));
  return isInit(name) && options.includes('-g');
}

/** Options of tini and dumb-init that take the next word. */
const withValue = /^(-p|-e|-r|--rewrite)$/;

/**
 * Takes an init and its options off a container's argv.
 * @returns the init's name where there is one; no `rest` where options hide what it starts
 */
export function splitInit(argv: readonly string[]): {
  readonly init?: string;
  readonly rest?: readonly string[];
} {
  const init = baseName(argv[0]);
  if (init === undefined || !isInit(init)) return { rest: argv };
  let at = 1;
  while (at < argv.length && argv[at]!.startsWith('-') && argv[at] !== '--') {
    at += withValue.test(argv[at]!) ? 2 : 1;
  }
  if (argv[at] === '--') at += 1;
  return at < argv.length ? { init, rest: argv.slice(at) } : { init };
}
