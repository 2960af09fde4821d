import { type ChildProcess, spawn } from 'node:child_process';

/** How a server ended. */
export interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * Starts a server, sends SIGTERM as soon as it has written "listening", and tells how it ended.
 * @param beforeSignal what happens in between; it is given the process
 */
export function runAndStop(
  folder: string,
  program: string,
  env: Readonly<Record<string, string>> = {},
  beforeSignal: (child: ChildProcess) => unknown = () => {},
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const guard = setTimeout(() => child.kill('SIGKILL'), 25_000);
    let [stdout, stderr] = ['', ''];
    let isStopped = false;
    child.stdout.on('data', async (chunk) => {
      stdout += chunk;
      if (isStopped || !stdout.includes('listening')) return;
      isStopped = true;
      await beforeSignal(child);
      child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(guard);
      resolve({ stdout, stderr, code, signal });
    });
  });
}
