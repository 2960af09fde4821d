import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseShellCommand } from '../../server/src/languages/shell/parse.ts';
import { type ShellBehavior, signalFate } from '../../server/src/languages/shell/signals.ts';
import { startPathOf } from '../../server/src/languages/shell/startPath.ts';

const fate = (text: string, shell: ShellBehavior) => signalFate(startPathOf(parseShellCommand(text)), shell);

describe('the shape of a start', () => {
  test.each([
    ['node x.js', 'alone'],
    ['A=1 node x.js', 'alone'],
    ['exec node x.js', 'exec'],
    ['a && node x.js', 'last'],
    ['a || node x.js', 'last'],
    ['node migrate.js; node x.js', 'last'],
    ['a; exec node x.js', 'exec'],
    ['exec node x.js; echo done', 'exec'],
    ['exec 2>&1; node x.js', 'last'],
    ['node x.js > log', 'redirected'],
    ['node x.js; true', 'followed'],
    ['node x.js || exit 1', 'followed'],
    ['node x.js || node y.js', 'fallback'],
    ['node x.js | cat', 'piped'],
    ['! node x.js', 'negated'],
    ['node x.js &', 'background'],
    ['a && node x.js & wait', 'background'],
    ['redis-server & node x.js', 'after-background'],
    ['exec a && node x.js', 'unreachable'],
    ['test -f x && exec a; node x.js', 'last'],
    ['(node x.js)', 'subshell'],
    ['{ a; node x.js; }', 'grouped'],
    ['if a; then node x.js; else exec node y.js; fi', 'grouped'],
    ['if a; then exec node x.js; else exec node y.js; fi', 'exec'],
    ['if a; then exec node x.js; else echo missing; exit 1; fi', 'exec'],
    ['if a; then node x.js; true; fi', 'followed'],
    ['node x.js; if a; then echo b; fi', 'followed'],
    ['until nc -z db 1; do sleep 1; done; node x.js', 'last'],
    ['while true; do node x.js; done', 'loop'],
    ["trap 'kill $p' TERM; node x.js & p=$!; wait", 'trapped'],
    ['f() { node x.js; }; f', 'unclear'],
    ['eval "$X"', 'unclear'],
    ['node "x', 'unclear'],
    ['exit 0', 'nothing'],
    ['echo hello', 'alone'],
  ])('%s: %s', (text, shape) => expect(startPathOf(parseShellCommand(text)).shape).toBe(shape));
});

/** The program is a script that writes its own process id, so that one sees whether it took the shell's place. */
describe.each([
  ['dash', 'dash'],
  ['bash', 'bash'],
] as const)('what %s does', (program, behavior) => {
  const version = spawnSync(program, ['-c', 'echo "$BASH_VERSION"'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (version.stdout ?? '').split('.').map(Number);
  const isThere = version.status === 0 && (program === 'dash' || major * 100 + minor >= 502);
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shell-'));
    writeFileSync(join(folder, 'server'), '#!/bin/sh\necho $$ > "$PID_FILE"\n', { mode: 0o755 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test
    .skipIf(!isThere)
    .each([
      './server',
      'exec ./server',
      'A=1 ./server',
      './server $A x',
      'true && ./server',
      'true; ./server',
      'false || ./server',
      './server 2>&1',
      'true && ./server > /dev/null',
      './server; true',
      './server && true',
      './server | cat',
      '! ./server',
      './server & wait',
      'true & ./server',
      '{ ./server; }',
      '(./server)',
      'if true; then ./server; fi',
      'case a in a) ./server;; esac',
      'if true; then exec ./server; fi',
      '{ true; exec ./server; }',
      'A=1 exec ./server',
      'exec ./server > /dev/null',
      'true || false; exec ./server; true',
      'for i in 1; do ./server; done',
    ])('%s', (text) => {
    const pidFile = join(folder, 'pid');
    const env = { PATH: process.env.PATH, PID_FILE: pidFile };
    const { pid } = spawnSync(program, ['-c', text], { cwd: folder, env });
    const reached = Number(readFileSync(pidFile, 'utf8')) === pid;
    expect(fate(text, behavior)).toBe(reached ? 'reaches' : 'lost');
  });
});

describe('what cannot be run here', () => {
  test('busybox makes way for the last command, whatever stands around it', () => {
    const passing = [
      'node x',
      'A=1 node x',
      'a; node x',
      'node x > log',
      '{ node x; }',
      '(node x)',
      'a & node x',
    ];
    for (const text of passing) expect(fate(text, 'busybox')).toBe('reaches');
    for (const text of ['node x; true', 'node x | a', '! node x', 'node x &', 'while a; do node x; done'])
      expect(fate(text, 'busybox')).toBe('lost');
  });

  test('bash before 5.1 makes way for a single command; for lists it depends', () => {
    expect(fate('node x', 'bash-before-5.1')).toBe('reaches');
    expect(fate('a && node x', 'bash-before-5.1')).toBe('unknown');
    expect(fate('node x > log', 'bash-before-5.1')).toBe('lost');
  });

  test('an unknown shell is unknown only where shells differ', () => {
    expect(fate('node x', 'unknown')).toBe('unknown');
    expect(fate('exec node x', 'unknown')).toBe('reaches');
    expect(fate('node x | cat', 'unknown')).toBe('lost');
  });
});
