import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { until } from './waiting.ts';

/** How a server ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the first signal (or other request to stop) to the exit, in ms; 0 when it was never asked. */
  readonly ms: number;
}

/** A server process: what it writes, signals to it, and its end. */
export class RunningServer {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;
  /** Everything that it wrote to stderr. */
  log = '';
  private askedAt = 0;
  private readonly isWrapped: boolean;

  /** @param isWrapped the server is the only child of `child` (unshare) */
  constructor(child: ChildProcess, isWrapped = false) {
    this.child = child;
    this.isWrapped = isWrapped;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    this.exited = new Promise((resolve) => {
      // `exit` and not `close`: a pipe that a test holds open must not delay it.
      child.once('exit', (code, signal) => {
        this.exit = { code, signal, ms: this.askedAt > 0 ? performance.now() - this.askedAt : 0 };
        resolve(this.exit);
      });
    });
  }

  /** Sends a signal; the time to the exit counts from the first one. */
  signal(name: NodeJS.Signals): void {
    this.asked();
    if (this.exit) return;
    process.kill(this.pid(), name);
  }

  /** Tells that the server was asked to stop in another way than by a signal. */
  asked(): void {
    this.askedAt ||= performance.now();
  }

  private pid(): number {
    const { pid = 0 } = this.child;
    if (!this.isWrapped) return pid;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
  }

  /** Waits until the log says so `times` times. @throws after 10 s */
  async says(pattern: RegExp, times = 1): Promise<void> {
    const all = new RegExp(pattern.source, 'g');
    await until(() => (this.log.match(all) ?? []).length >= times, `${times} x ${pattern} on stderr`);
  }

  /** The exit, or `undefined` when it does not come within `ms`. */
  async exitWithin(ms: number): Promise<Exit | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, ms, undefined);
    });
    const exit = await Promise.race([this.exited, late]);
    clearTimeout(timer);
    return exit;
  }

  /** Ends what is left of it. */
  kill(): void {
    if (this.exit) return;
    try {
      process.kill(this.pid(), 'SIGKILL');
    } catch {
      // It has just ended.
    }
    this.child.kill('SIGKILL');
  }
}
