import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Target } from '../prepare.ts';
import type { ClientSdk, McpClient } from './clients.ts';
import { RawPipe } from './rawPipe.ts';
import { RunningServer } from './runningServer.ts';
import { patience, until } from './waiting.ts';

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A command that the server's command line is handed to: `unshare ...`. */
  readonly wrapper?: readonly string[];
}

/** Starts servers of one target and clients for them; ends them all when the scenario is over. */
export class Launcher {
  readonly target: Target;
  private readonly sdk: ClientSdk;
  private readonly servers: RunningServer[] = [];
  private readonly clients: McpClient[] = [];

  constructor(target: Target, sdk: ClientSdk) {
    this.target = target;
    this.sdk = sdk;
  }

  /** A server with the official client connected to it; over HTTP more clients may follow. */
  async start(options: StartOptions = {}): Promise<Started> {
    if (this.target.of.transport === 'stdio') return this.startStdio(options);
    const port = await freePort();
    const server = this.launch({ ...options, env: { ...options.env, PORT: String(port) } });
    const origin = `http://127.0.0.1:${port}`;
    await until(() => isListening(server, origin), `a server on port ${port}`, 20_000 * patience);
    return { server, origin, client: await this.connect(origin), connect: () => this.connect(origin) };
  }

  /** A stdio server without a client: its pipes are the test's. */
  startRaw(options: StartOptions = {}): RawPipe {
    return new RawPipe(this.launch(options));
  }

  /** Where clients connect to. */
  endpoint(origin: string): URL {
    const { transport, endpoint } = this.target.of;
    return new URL(endpoint ?? (transport === 'sse' ? '/sse' : '/mcp'), origin);
  }

  /** The arguments behind `params` of the client's callTool; SDK 1 has a result schema before the options. */
  callOptions(options: object): unknown[] {
    return this.target.of.sdk === 1 ? [undefined, options] : [options];
  }

  /** What the servers wrote to stderr, for the report of a failure. */
  log(): string {
    return this.servers.map(({ log }) => log).join('\n--\n');
  }

  async stop(): Promise<void> {
    for (const server of this.servers) server.kill();
    await Promise.allSettled(this.clients.map((client) => client.close()));
  }

  private launch(options: StartOptions): RunningServer {
    const [command = '', ...args] = this.commandLine(options);
    const child = spawn(command, args, {
      cwd: this.target.folder,
      env: environment(options),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (this.target.of.transport !== 'stdio') child.stdout.resume();
    return this.remember(new RunningServer(child, options.wrapper !== undefined));
  }

  private remember(server: RunningServer): RunningServer {
    this.servers.push(server);
    return server;
  }

  private commandLine({ wrapper = [] }: StartOptions): string[] {
    return [...wrapper, process.execPath, this.target.program, ...(this.target.of.args ?? [])];
  }

  private async startStdio(options: StartOptions): Promise<Started> {
    const [command, ...args] = this.commandLine(options);
    const transport = new this.sdk.StdioClientTransport({
      command,
      args,
      cwd: this.target.folder,
      env: environment(options),
      stderr: 'pipe',
    });
    let startUp = '';
    transport.stderr?.on('data', (text) => {
      startUp += text;
    });
    const client = this.newClient();
    try {
      await client.connect(transport);
    } catch (error) {
      throw new Error(`the client could not connect: ${error}\n${startUp}`);
    }
    const server = this.remember(new RunningServer(transport._process!, options.wrapper !== undefined));
    const connect = () => Promise.reject(new Error('a stdio server has one client'));
    return { server, origin: '', client, connect };
  }

  private async connect(origin: string): Promise<McpClient> {
    const url = this.endpoint(origin);
    const { StreamableHTTPClientTransport, SSEClientTransport } = this.sdk;
    const client = this.newClient();
    await client.connect(
      this.target.of.transport === 'sse'
        ? new SSEClientTransport(url)
        : new StreamableHTTPClientTransport(url),
    );
    return client;
  }

  private newClient(): McpClient {
    const client = new this.sdk.Client({ name: 'behavior-test', version: '1.0.0' });
    this.clients.push(client);
    return client;
  }
}

/** A server with a connected client. */
export interface Started {
  readonly server: RunningServer;
  /** HTTP: scheme, host and port. */
  readonly origin: string;
  readonly client: McpClient;
  /** HTTP: connects one more client. */
  connect(): Promise<McpClient>;
}

/** Who waits longer for an exit lets servers drain longer too, or a drain that waits in vain would look prompt. */
function environment({ env }: StartOptions): NodeJS.ProcessEnv {
  const drain = patience > 1 ? { DRAIN_TIMEOUT_MS: String(5_000 * patience) } : {};
  return { ...process.env, ...drain, ...env };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function isListening(server: RunningServer, origin: string): Promise<boolean> {
  if (server.exit) throw new Error(`the server ended at once:\n${server.log}`);
  try {
    const response = await fetch(`${origin}/health`, { headers: { connection: 'close' } });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
