import type { CallWord, ManagerCall } from './calls.ts';

/** Runs a program file with Node. */
export function fileCall(manager: string, words: readonly CallWord[]): ManagerCall {
  const [file, ...rest] = words;
  if (!/\.[cm]?js$/.test(file?.value ?? '') || /\.config\.[cm]?js$/.test(file?.value ?? '')) {
    return { manager, args: [], problem: 'which file it runs is not known' };
  }
  const args = rest[0]?.value === '--' ? rest.slice(1) : rest;
  return { manager, args: [], program: [{ value: 'node', raw: 'node' }, file!, ...args] };
}

/** nodemon with its own options. */
export function nodemonCall(words: readonly CallWord[]): ManagerCall {
  const valued = /^(-w|--watch|-e|--ext|-i|--ignore|--delay|--signal|--config)$/;
  let rest = words;
  while (rest[0]?.value?.startsWith('-')) {
    const { value } = rest[0];
    if (!valued.test(value) && !/^(-q|--quiet|-V|--verbose|-L|--legacy-watch|-I|--no-stdin)$/.test(value)) {
      return { manager: 'nodemon', args: [], problem: `what ${value} does is not known here` };
    }
    rest = rest.slice(valued.test(value) ? 2 : 1);
  }
  return fileCall('nodemon', rest);
}

/** PM2 in the foreground, or what is started with it. */
export function pm2Call(manager: string, words: readonly CallWord[]): ManagerCall {
  const rest = words[0]?.value === 'start' ? words.slice(1) : words;
  const [file, ...behind] = rest;
  const end = behind.findIndex(({ value }) => value === '--');
  const own = end < 0 ? behind : behind.slice(0, end);
  const args = end < 0 ? [] : behind.slice(end + 1);
  const setsTimeout = own.some(({ value }) => /^--kill-timeout\b/.test(value ?? ''));
  const isPlain = own.every(
    ({ value }, index) => value === '--name' || own[index - 1]?.value === '--name' || value === '--no-daemon',
  );
  const problem = isPlain ? undefined : 'its options change how the server runs';
  if (/^(npm|yarn|pnpm)$/.test(file?.value ?? '') && !problem)
    return { manager, args: [], program: [file!, ...args], setsTimeout };
  return { ...fileCall(manager, file ? [file, ...args] : []), setsTimeout, ...(problem ? { problem } : {}) };
}
