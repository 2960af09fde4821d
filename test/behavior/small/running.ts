import { initializeParams, postMcp, rawSession } from '../run/http.ts';
import type { RawPipe } from '../run/rawPipe.ts';
import type { RunningServer } from '../run/runningServer.ts';
import type { Launcher, Started } from '../run/start.ts';
import { until } from '../run/waiting.ts';

/** What came of a call. */
export type CallEnd = 'answered' | 'lost';

/** How long an answer that was written may take to its client, in ms. */
const onTheWay = 300;

/** A server that was started, with the official client connected to it. */
export class SmallRun {
  private constructor(
    private readonly launcher: Launcher,
    private readonly started: Started,
  ) {}

  static async start(launcher: Launcher, env: Readonly<Record<string, string>> = {}): Promise<SmallRun> {
    return new SmallRun(launcher, await launcher.start({ env }));
  }

  get server(): RunningServer {
    return this.started.server;
  }

  /** What the server wrote to stderr so far. */
  get log(): string {
    return this.server.log;
  }

  /** A call of the tool `slow` that takes `ms` and has begun; `answer` tells what comes of it. */
  async callInFlight(ms: number): Promise<{ readonly answer: Promise<CallEnd> }> {
    const begun = this.log.split('slow: started').length;
    const answer = this.call('slow', { ms }, ms + 4_000);
    await until(() => this.log.split('slow: started').length > begun, 'the call to begin');
    return { answer };
  }

  /** Calls a tool. `lost`: no answer, or one that says that it failed, `withinMs` or until the server has ended. */
  async call(name: string, args: object, withinMs = 5_000): Promise<CallEnd> {
    const asked = this.started.client.callTool({ name, arguments: args }).then(
      ({ isError }) => (isError ? ('lost' as const) : ('answered' as const)),
      () => 'lost' as const,
    );
    const ended = this.server.exited.then(() => later<'lost'>('lost', onTheWay));
    return Promise.race([asked, ended, later<'lost'>('lost', withinMs)]);
  }

  /** Begins a call of `slow` and cancels it, as a person does who stops their agent. */
  async cancelledCall(ms: number): Promise<void> {
    const cancelling = new AbortController();
    const params = { name: 'slow', arguments: { ms } };
    const options = this.launcher.callOptions({ signal: cancelling.signal });
    this.started.client.callTool(params, ...options).catch(() => undefined);
    await this.server.says(/slow: started/);
    cancelling.abort();
  }

  /** stdio: the client closes as the official one does, by the end of stdin first. */
  async closeClient(): Promise<void> {
    this.server.asked();
    await this.started.client.close();
  }

  /** One more client over HTTP, which stays connected. */
  async anotherClient(): Promise<void> {
    await this.started.connect();
  }

  /** An open stream, as an idle client keeps one. */
  async openStream(): Promise<void> {
    const session = await rawSession(this.url);
    const stream = await fetch(this.url, { headers: { ...session, accept: 'text/event-stream' } });
    stream.text().catch(() => undefined);
  }

  /** A client that comes now: the answer to its `initialize`. */
  async lateClient(): Promise<Response> {
    return postMcp(this.url, { id: 7, method: 'initialize', params: initializeParams });
  }

  /** The status of the health route. */
  async health(): Promise<number> {
    return (await fetch(`${this.started.origin}/health`)).status;
  }

  signal(name: NodeJS.Signals): void {
    this.server.signal(name);
  }

  /** `exit 0`, `exit SIGTERM`; `up` where it is still running after that time. */
  async exitWithin(ms: number): Promise<string> {
    return endOf(this.server, ms);
  }

  private get url(): URL {
    return this.launcher.endpoint(this.started.origin);
  }
}

/** The end of a server in words: `exit 0`, or `up` where it is still running after `ms`. */
export async function endOf(server: RunningServer, ms: number): Promise<string> {
  const exit = await server.exitWithin(ms);
  return exit ? `exit ${exit.code ?? exit.signal}` : 'up';
}

/** A stdio server whose client is this test, with a call of `slow` that takes `ms` and has begun. */
export async function pipeWithCall(launcher: Launcher, ms: number): Promise<RawPipe> {
  const pipe = launcher.startRaw();
  await pipe.initialize();
  pipe.call(2, 'slow', { ms });
  await pipe.server.says(/slow: started/);
  return pipe;
}

/** `value`, after `ms`. */
export function later<T>(value: T, ms: number): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
