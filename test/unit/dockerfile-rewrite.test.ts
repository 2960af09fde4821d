import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Fix } from '../../server/src/engine/types.ts';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { malformedExecForm } from '../../server/src/rules/malformed-exec-form.ts';
import { shellFormCommand } from '../../server/src/rules/shell-form-command.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { dockerfileProject } from '../support/dockerfile.ts';
import { Random } from '../support/random.ts';
import { ShellCommands } from '../support/shellCommands.ts';

const rules = [shellFormCommand, malformedExecForm];

/** Tells who it is, where and how it was called; the server's own process id goes to a file of its own. */
const stub = `#!/bin/sh
printf '%s <' "\${0##*/}" >> "$REPORT"
for word; do printf '%s><' "$word" >> "$REPORT"; done
printf ' in %s with\\n' "$(pwd)" >> "$REPORT"
export -p >> "$REPORT"
echo "$$" > "$REPORT.pid"
echo output
echo trouble >&2
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rewrite-'));
  for (const name of ['bin', 'work', 'work/sub']) mkdirSync(join(folder, name));
  for (const name of ['node', 'helper']) writeFileSync(join(folder, 'bin', name), stub, { mode: 0o755 });
  writeFileSync(join(folder, 'work/server'), stub, { mode: 0o755 });
  for (const name of ['a.js', 'b.js', 'sub/c d.js']) writeFileSync(join(folder, 'work', name), '');
  writeFileSync(join(folder, 'work/settings.sh'), 'SETTING="from a file"; export SETTING\n');
});
beforeEach(() => rmSync(join(folder, 'report'), { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly report: string;
  readonly output: string;
  readonly isFirst: boolean;
}

/** Starts a command as a container would and tells what the stubs saw. */
function start([program = '', ...args]: readonly string[]): Run {
  for (const name of ['report', 'report.pid', 'work/log']) rmSync(join(folder, name), { force: true });
  const env = {
    PATH: `${join(folder, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
    HOME: join(folder, 'work'),
    REPORT: join(folder, 'report'),
    PORT: '3000',
    TWO: 'two  words',
    STAR: '*.js',
    EMPTY: '',
  };
  const result = spawnSync(program, args, { cwd: join(folder, 'work'), env, encoding: 'utf8' });
  const read = (name: string) => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  // Shells keep these for themselves and hand on what they like.
  const report = read('report').replace(/^(export|declare -x) (PWD|OLDPWD|SHLVL|_)\b.*\n/gm, '');
  return {
    report,
    output: `${result.stdout}|${result.stderr}|${read('work/log')}|${result.status}`,
    isFirst: Number(read('report.pid')) === result.pid,
  };
}

async function preferredFix(text: string): Promise<Fix | undefined> {
  const project = dockerfileProject(text);
  const { findings, failures } = check(project, rules);
  expect(failures).toEqual([]);
  return findings[0] && (await fixesOf(project, findings[0], rules)).find(({ isPreferred }) => isPreferred);
}

/** Rewrites the CMD of a Dockerfile and holds the result against the command as the shell runs it. */
async function expectSame(dockerfile: string, command: string, shell = ['/bin/sh', '-c']): Promise<void> {
  const fix = await preferredFix(dockerfile);
  expect(fix, `no fix for ${command}`).toBeDefined();
  const after = applyEdits(dockerfile, fix!.edits.get('/repo/Dockerfile')!);
  expect(check(dockerfileProject(after), rules).findings, after).toEqual([]);
  const argv = parseDockerfile(after).facts.stages[0]!.cmd!.argv!;
  const before = start([...shell, command]);
  const rewritten = start(argv);
  expect(before.report).not.toBe('');
  expect({ report: rewritten.report, output: rewritten.output }, after).toEqual({
    report: before.report,
    output: before.output,
  });
  expect(rewritten.isFirst, after).toBe(true);
  expect(fix!.isSafe, after).toBe(true);
}

describe('real shapes', () => {
  test.each([
    'node dist/index.js',
    `node dist/index.js --port $PORT --host "\${HOST:-0.0.0.0}"`,
    'node "dist/my server.js" --name \'$PORT\' a\\ b ""',
    'node -e "console.log(\\"hi\\", \'there\')"',
    'node --pattern \'\\d+\\.\' "C:\\temp\\\\x" \\\\',
    'NODE_ENV=production node dist/index.js',
    'NODE_ENV=production NAME="a b" EMPTY= node dist/index.js',
    'URL="http://localhost:$PORT" TITLE=$TWO node dist/index.js $TWO "$TWO"',
    'node *.js sub/*.js $STAR "$STAR" none*.js',
    'node ~/a.js ~ "~" x~',
    'node $(echo one two) "$(echo one two)" `echo three`',
    'node $((1 + 2)) $EMPTY "$EMPTY" $UNSET',
    'helper --once && node dist/index.js',
    'helper one; helper two; node dist/index.js',
    'helper && helper $TWO && node "$TWO"',
    'false || node dist/index.js',
    'false && helper; true || helper; node dist/index.js',
    'node migrate.js && node dist/index.js',
    'cd sub && node "c d.js"',
    'mkdir -p sub/deeper; cd sub/deeper; node x.js',
    'export MODE=http; node dist/index.js',
    'set -e; helper; node dist/index.js',
    '. ./settings.sh && node dist/index.js',
    'node dist/index.js > log',
    'node dist/index.js >> log 2>&1',
    'node dist/index.js 2> /dev/null',
    '> log node dist/index.js',
    'A=1 node dist/index.js < a.js',
    'if [ -f a.js ]; then node a.js; else node b.js; fi',
    'if [ -f none.js ]; then helper; elif [ "$PORT" = 3000 ]; then A=1 node c.js; else node b.js; fi',
    'case $PORT in 3000) helper; node http.js ;; *) node stdio.js ;; esac',
    '{ helper; node dist/index.js; }',
    'until [ -f a.js ]; do sleep 1; done; node dist/index.js',
    '[ -f a.js ] && node dist/index.js',
    './server --http',
    'node dist/index.js;',
    'node dist/index.js # the server',
    'node dist/index.js "$PORT" # the server',
    'node grüße.js "日本" 😀',
  ])('%s', (command) => expectSame(`FROM node:20\nCMD ${command}\n`, command));

  const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
  test
    .skipIf(!hasBash)
    .each([
      'node dist/index.js',
      `node {a,b}.js $'tab\\t' "\${TWO/two/three}"`,
      'shopt -s nullglob; node none*.js a*.js',
      'helper | cat && node dist/index.js',
      '[[ $PORT == 3* ]] && node dist/index.js',
      'node dist/index.js &> log',
    ])('bash: %s', (command) =>
    expectSame(`FROM node:20\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD ${command}\n`, command, [
      '/bin/bash',
      '-o',
      'pipefail',
      '-c',
    ]),
  );
});

describe('generated commands', () => {
  const commands = new ShellCommands(20_240_607);
  const spellings = new Random(1);

  /** More with GENERATED_RUNS, which counts in hundreds. */
  const batches = 4 * Number(process.env.GENERATED_RUNS ?? 3);
  test.each(Array.from({ length: batches }, (_, index) => index))('batch %i', async () => {
    for (let count = 0; count < 25; count += 1) {
      const { file, joined } = commands.next();
      await expectSame(`FROM node:20\n${spellings.pick(['CMD', 'cmd', '  Cmd'])} ${file}\n`, joined);
    }
  });
});

test('a tab behind an exec that comes too early goes with it', async () => {
  const before = 'FROM node:20\nCMD exec\tnode a.js && node\tb.js\n';
  const fix = await preferredFix(before);
  expect(applyEdits(before, fix!.edits.get('/repo/Dockerfile')!)).toBe(
    'FROM node:20\nCMD ["sh", "-c", "node a.js && exec node b.js"]\n',
  );
});

describe('whatever stands there', () => {
  const pieces =
    `node|x.js|"|'|[|]|,| |  |\\|\\\n  |\\\n  # c\n|\t|$A|&&|\\|\\||;|&|(|)|{ |}|exec |sh -c |> l|#|\u201c|\u201d|3|--|if |fi|<<E|\`|*|~`.split(
      '|',
    );
  const random = new Random(5);

  test('fixes apply, keep the comments and leave nothing of their rule', async () => {
    let fixed = 0;
    for (let run = 0; run < 1500; run += 1) {
      const command = Array.from({ length: 1 + random.below(9) }, () => random.pick(pieces)).join('');
      const before = `FROM node:20\n# first\n${random.below(2) > 0 ? 'CMD' : 'ENTRYPOINT'} ${random.below(3) > 0 ? '[' : ''}${command}\nUSER node\n`;
      const fix = await preferredFix(before);
      if (!fix) continue;
      fixed += 1;
      const after = applyEdits(before, fix.edits.get('/repo/Dockerfile')!);
      expect(after, before).toMatch(/^FROM node:20\n# first\n/);
      const comments = (text: string) => text.match(/^\s*#.*$/gm)?.length ?? 0;
      expect(comments(after), before).toBeGreaterThanOrEqual(comments(before));
      const left = check(dockerfileProject(after), rules).findings.map(({ ruleId }) => ruleId);
      expect(left, `${before} became ${after}`).not.toContain(fix.ruleId);
    }
    expect(fixed).toBeGreaterThan(300);
  });
});
