import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptFix } from '../../server/src/fixes/shell/scriptFix.ts';
import { parseShellFile } from '../../server/src/languages/shell/scriptFile.ts';
import { scriptStartOf } from '../../server/src/languages/shell/scriptStart.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { Random } from '../support/random.ts';

/** Tells who it is, where and how it was called; the server's own process id goes to a file of its own. */
const stub = `#!/bin/sh
printf '%s <' "\${0##*/}" >> "$REPORT"
for word; do printf '%s><' "$word" >> "$REPORT"; done
printf ' in %s with\\n' "$(pwd)" >> "$REPORT"
export -p | grep -v ' \\(PWD\\|OLDPWD\\|SHLVL\\|_\\)=' >> "$REPORT"
echo "$$" > "$REPORT.pid"
echo output
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-script-'));
  for (const name of ['bin', 'work', 'work/sub']) mkdirSync(join(folder, name));
  for (const name of ['node', 'helper', 'gosu']) {
    writeFileSync(join(folder, 'bin', name), stub, { mode: 0o755 });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a script as a container would and tells what the stubs saw, and whether the last one is the script's process. */
function start(text: string, args: readonly string[]) {
  for (const name of ['report', 'report.pid', 'work/log']) rmSync(join(folder, name), { force: true });
  writeFileSync(join(folder, 'start.sh'), text);
  const env = {
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    REPORT: join(folder, 'report'),
    MODE: 'http',
    TWO: 'a  b',
  };
  const result = spawnSync('/bin/sh', ['../start.sh', ...args], {
    cwd: join(folder, 'work'),
    env,
    encoding: 'utf8',
  });
  const read = (name: string) => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  const output = `${result.stdout}|${result.stderr}|${read('work/log')}|${result.status}`;
  return { seen: `${read('report')}${output}`, isFirst: Number(read('report.pid')) === result.pid };
}

/** Puts `exec` in and holds the script against itself as it was. */
function expectSame(text: string): void {
  const { facts } = parseShellFile(text);
  const found = scriptStartOf(facts);
  const fix = found && scriptFix(facts, found);
  expect(fix, `no fix for ${text}`).toBeDefined();
  expect(fix!.isSafe, text).toBe(true);
  const after = applyEdits(text, fix!.edits);
  expect(scriptStartOf(parseShellFile(after).facts)?.fate, after).toBe('reaches');
  for (const args of [['node', 'x.js', 'two  words'], ['helper']]) {
    const before = start(text, args);
    const rewritten = start(after, args);
    expect(before.isFirst, text).toBe(false);
    expect(rewritten, after).toEqual({ seen: before.seen, isFirst: true });
  }
}

const heads = [
  'set -e\n',
  'set -eu\n\n',
  '# a comment\n',
  'mkdir -p sub/deep\n',
  'cd sub\n',
  'export A=1 B="two words"\n',
  'C=3\n',
  'helper first "$TWO" || true\n',
  'if [ ! -d none ]; then\n  helper missing\nfi\n',
  'for i in 1 2; do helper "$i"; done\n',
  'log() { printf "%s\\n" "$1" >&2; }\nlog starting\n',
  'cat <<END\nnode in a heredoc\nEND\n',
  "helper 'node x.js' \\\n  # no comment here\n",
];
const servers = [
  'node dist/index.js',
  'node dist/index.js "$TWO" $TWO',
  '"$@"',
  'node x.js "$@"',
  'D=4 node x.js',
  'gosu app "$@"',
  '/usr/bin/env E=5 node x.js',
];
const frames = [
  (server: string) => `${server}\n`,
  (server: string) => `${server}`,
  (server: string) => `${server} >> log 2>&1\n`,
  (server: string) => `true && ${server}\n`,
  (server: string) => `if [ "$MODE" = http ]; then\n  ${server}\nelse\n  node stdio.js\nfi\n`,
  (server: string) => `case "$MODE" in\n  http) ${server} ;;\n  *) exec node x.js ;;\nesac\n`,
  (server: string) => `main() {\n  helper inside\n  ${server}\n}\nmain "$@"\n`,
  (server: string) => `{ helper grouped; ${server}; }\n`,
];

describe('exec in a start script leaves everything else as it is', () => {
  test.each(frames.flatMap((frame) => servers.slice(0, 4).map((server) => [frame(server)] as const)))(
    '%j',
    (text) => expectSame(`#!/bin/sh\nset -e\n${text}`),
  );

  const random = new Random(77);

  /** More with GENERATED_RUNS, which counts in hundreds. */
  const batches = 4 * Number(process.env.GENERATED_RUNS ?? 1);
  test.each(Array.from({ length: batches }, (_, index) => index))('generated, batch %i', () => {
    for (let count = 0; count < 25; count += 1) {
      const head = Array.from({ length: random.below(4) }, () => random.pick(heads)).join('');
      expectSame(`#!/bin/sh\n${head}${random.pick(frames)(random.pick(servers))}`);
    }
  });
});
