import type { ChildProcess } from 'node:child_process';
import { postMcp, rawSession } from '../run/http.ts';

const steps = { poll: 20, patience: 20_000 };

/** A server that was started, and what it has written to stderr so far. */
export class RunningSmall {
  log = '';
  private exited: { readonly code: number | null; readonly signal: string | null } | undefined;

  constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk) => (this.log += String(chunk)));
    child.on('exit', (code, signal) => (this.exited = { code, signal }));
  }

  async says(pattern: RegExp): Promise<string> {
    await until(() => pattern.test(this.log) || this.exited !== undefined);
    const [, found = ''] = pattern.exec(this.log) ?? [];
    return found;
  }

  async origin(): Promise<string> {
    return `http://127.0.0.1:${await this.says(/listening on (\d+)/)}`;
  }

  /** A session, and in it a call that takes `ms` and has begun; `answer` tells what comes of it. */
  async callInFlight(ms: number): Promise<{ readonly answer: Promise<'answered' | 'lost'> }> {
    const url = new URL('/mcp', await this.origin());
    const session = await rawSession(url);
    const answer = callSlow(url, session, ms);
    await this.says(/slow: started()/);
    return { answer };
  }

  /** An open stream, as an idle client keeps one. */
  async openStream(): Promise<void> {
    const url = new URL('/mcp', await this.origin());
    const session = await rawSession(url);
    const stream = await fetch(url, { headers: { ...session, accept: 'text/event-stream' } });
    stream.text().catch(() => undefined);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** `up` where it is still running after that time. */
  async exitWithin(ms: number): Promise<string> {
    await until(() => this.exited !== undefined, ms);
    return this.exited ? `exit ${this.exited.code ?? this.exited.signal}` : 'up';
  }
}

async function callSlow(url: URL, session: Record<string, string>, ms: number): Promise<'answered' | 'lost'> {
  try {
    const message = { id: 2, method: 'tools/call', params: { name: 'slow', arguments: { ms } } };
    const response = await postMcp(url, message, session);
    return /slow done/.test(await response.text()) ? 'answered' : 'lost';
  } catch {
    return 'lost';
  }
}

async function until(isSo: () => boolean, ms = steps.patience): Promise<void> {
  for (const end = Date.now() + ms; !isSo() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, steps.poll));
}
