import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptFix } from '../../server/src/fixes/shell/scriptFix.ts';
import { parseShellCommand } from '../../server/src/languages/shell/parse.ts';
import { parseShellFile } from '../../server/src/languages/shell/scriptFile.ts';
import { scriptStartOf } from '../../server/src/languages/shell/scriptStart.ts';
import { type ShellBehavior, type SignalFate, signalFate } from '../../server/src/languages/shell/signals.ts';
import { startPathOf } from '../../server/src/languages/shell/startPath.ts';
import { applyEdits } from '../../server/src/text/edits.ts';

const namespace = ['-Ur', '-pf', '--mount-proc'];
const isPermitted = spawnSync('unshare', [...namespace, 'true']).status === 0;
const has = (program: string) => spawnSync(program, ['-c', ':']).status === 0;

/** Needs 150 ms to end after SIGTERM, as a server does that lets a call finish. */
const server = `process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 150));
setInterval(() => {}, 1000);
console.log('ready');
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pid-1-'));
  writeFileSync(join(folder, 'server.js'), server);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Fate = 'reaches' | 'lost';

/**
 * Runs a command as process 1, stops it as Docker does, and tells whether the server came to its end.
 * @param expected a server that is to hear the signal is given more time, on a busy machine
 */
async function stop(argv: readonly string[], expected: SignalFate | undefined): Promise<Fate> {
  const child = spawn('unshare', [...namespace, ...argv], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    await until(() => output.includes('ready'));
    const first = firstProcess(child);
    process.kill(first, 'SIGTERM');
    await Promise.race([ended, pause(expected === 'reaches' ? 10_000 : 800)]);
    killIfAlive(first);
    await ended;
    return output.includes('drained') ? 'reaches' : 'lost';
  } finally {
    child.kill('SIGKILL');
  }
}

/** Ends a namespace with all in it, if its first process has not ended by itself. */
function killIfAlive(first: number): void {
  try {
    process.kill(first, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** The namespace's process 1, as it is called outside. */
function firstProcess({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe.skipIf(!isPermitted).concurrent('as process 1 of a PID namespace', () => {
  const shells = (['dash', 'bash'] as const).filter(has);
  const texts = [
    'node server.js',
    'exec node server.js',
    'A=1 node server.js',
    'true && node server.js',
    'true; exec node server.js',
    'node server.js; true',
    'node server.js | cat',
    'if true; then node server.js; fi',
  ];

  test.each(shells.flatMap((shell) => texts.map((text) => [shell, text] as const)))(
    '%s -c "%s"',
    async (shell, text) => {
      const behavior: ShellBehavior = shell === 'bash' ? 'bash' : 'dash';
      const expected = signalFate(startPathOf(parseShellCommand(text)), behavior);
      expect(await stop([shell, '-c', text], expected)).toBe(expected);
    },
  );

  const scripts = [
    'node server.js\n',
    'exec node server.js\n',
    'exec "$@"\n',
    '"$@"\n',
    'main() {\n  node server.js\n}\nmain "$@"\n',
    'node server.js\necho ended\n',
    "trap 'kill -TERM $PID' TERM\nnode server.js\n",
    'node server.js &\nwait $!\n',
    "trap 'kill -TERM $PID' TERM INT\nnode server.js &\nPID=$!\nwait $PID\n",
    "trap 'kill -TERM $PID; wait $PID' TERM INT\nnode server.js &\nPID=$!\nwait $PID\n",
    'trap \'echo "stopping"; kill -TERM "$PID"\' TERM\n"$@" &\nPID=$!\nwait "$PID"\nexit $?\n',
    "trap 'kill -TERM $PID' TERM\nnode server.js &\nPID=$!\nwait $PID\ntrap - TERM\nwait $PID\n",
  ];

  let count = 0;
  const run = (shell: string, text: string, expected: SignalFate | undefined) => {
    count += 1;
    const name = `start-${count}.sh`;
    writeFileSync(join(folder, name), text);
    return stop([shell, name, 'node', 'server.js'], expected);
  };

  test.each(shells.flatMap((shell) => scripts.map((text) => [shell, text] as const)))(
    '%s reads %j',
    async (shell, text) => {
      const { facts } = parseShellFile(text);
      const start = scriptStartOf(facts);
      const fate = await run(shell, text, start?.fate);
      // What is not known is not claimed.
      if (start?.fate !== 'unknown') expect(fate).toBe(start?.fate);
      const fix = start && scriptFix(facts, start);
      if (fix) expect(await run(shell, applyEdits(text, fix.edits), 'reaches'), fix.title).toBe('reaches');
    },
  );
});

test.skipIf(isPermitted)(
  'PID namespaces are not permitted here, so nothing was stopped as process 1',
  () => {},
);
