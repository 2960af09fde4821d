import { describe, expect, test } from 'vitest';
import { parseShellFile } from '../../server/src/languages/shell/scriptFile.ts';
import { scriptStartOf } from '../../server/src/languages/shell/scriptStart.ts';
import { trapsOf } from '../../server/src/languages/shell/traps.ts';

function startOf(text: string) {
  return scriptStartOf(parseShellFile(text).facts);
}

describe('what a script starts', () => {
  test.each([
    ['exec node dist/index.js', 'exec', 'reaches'],
    ['node dist/index.js', 'alone', 'lost'],
    ['helper\nnode dist/index.js', 'last', 'lost'],
    ['"$@"', 'alone', 'lost'],
    [`exec "\${@}"`, 'exec', 'reaches'],
    ['gosu app "$@"', 'alone', 'lost'],
    ['exec tini -- gosu app "$@"', 'exec', 'reaches'],
    ['node --version\nexec "$@"', 'exec', 'reaches'],
    ['node dist/migrate.js || exit 1\nexec "$@"', 'exec', 'reaches'],
    ['npm run build\nexec npm start', 'exec', 'reaches'],
    ['python -m pip install x\npython server.py', 'last', 'lost'],
    ['node a.js &\nnode b.js &\nwait', 'background', 'lost'],
    ['f() { exec "$@"; }\nf node x.js', undefined, undefined],
    ['f() { exec node x.js; }\nf "$@"', 'exec', 'reaches'],
    ['f() { f; }\nf', undefined, undefined],
    ['exec nginx\nnode x.js', 'unreachable', 'unknown'],
    ['node -e "console.log(1)"', undefined, undefined],
    ['node x.js --check\nls', undefined, undefined],
    ['cp -r a b\nzip -r c.zip b', undefined, undefined],
    ['while true; do node x.js; done', 'loop', 'lost'],
    ['[ -f x ] && node x.js', 'last', 'lost'],
  ])('%j', (text, shape, fate) => {
    const start = startOf(text);
    expect([start?.path.shape, start?.fate]).toEqual([shape, fate]);
  });

  test.each([
    ['#!/bin/sh', 'sh'],
    ['#!/usr/bin/env bash', 'bash'],
    ['#!/usr/bin/env -S bash -e', 'bash'],
    ['#! /bin/busybox ash', 'ash'],
    ['\uFEFF#!/bin/dash', 'dash'],
    ['node x.js', 'sh'],
    ['#!/usr/bin/env python3', undefined],
    ['#!/usr/bin/with-contenv sh', undefined],
    ['#!/usr/bin/env node', undefined],
  ])('%j is read by %s', (line, interpreter) => {
    expect(parseShellFile(`${line}\nnode x.js\n`).facts.interpreter).toBe(interpreter);
  });
});

test.each([
  ["trap 'kill $PID' TERM INT", ['TERM', 'INT'], ['kill']],
  ['trap "kill -TERM $PID" SIGTERM 2', ['TERM', 'INT'], ['kill']],
  ['stop() { kill $PID; wait; }\ntrap stop 15', ['TERM'], ['kill', 'wait']],
  ['trap "$ACTION" EXIT', ['EXIT'], undefined],
  ["trap -- 'echo x' 0", ['EXIT'], ['echo']],
  ["trap '' TERM", undefined, undefined],
  ['trap - TERM', undefined, undefined],
  ['trap', undefined, undefined],
])('%j', (text, signals, action) => {
  const [trap] = trapsOf(parseShellFile(text).facts.script);
  expect(trap?.signals).toEqual(signals);
  expect(trap?.action?.map(({ words }) => words[0]?.value)).toEqual(action);
});

describe('no script makes it throw or hang', () => {
  test('functions that call each other many times over', () => {
    const functions = Array.from(
      { length: 30 },
      (_, index) => `f${index}() { ${`f${index + 1}; `.repeat(30)} }\n`,
    );
    expect(startOf(`${functions.join('')}f30() { exec node x.js; }\nf0\n`)?.fate).not.toBe('lost');
  });

  test('thousands of commands', () => {
    expect(startOf(`${'echo a\n'.repeat(5_000)}node x.js\n`)?.fate).toBe('lost');
    expect(startOf(`${'if a; then '.repeat(1_500)}node x.js`)).toBeUndefined();
    expect(startOf('x'.repeat(60_000))).toBeUndefined();
  });

  test('every beginning of a script', () => {
    const text =
      '#!/bin/sh\nset -e\nf() { kill -TERM "$P"; }\ntrap \'f\' TERM\ncase $1 in a) node a.js & P=$! ;; esac\nwait $P\nexec "$@" <<E\nx\nE\n';
    for (let end = 0; end <= text.length; end += 1) expect(() => startOf(text.slice(0, end))).not.toThrow();
  });
});
