import type { Readable, Writable } from 'node:stream';
import type { RunningServer } from './runningServer.ts';
import { until } from './waiting.ts';

interface Message {
  readonly id?: number;
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text: string }[] };
}

/** The three pipes of a stdio server in the hands of a test: it may end, not read, or break any of them. */
export class RawPipe {
  readonly server: RunningServer;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** What came on stdout. */
  received = '';

  constructor(server: RunningServer) {
    this.server = server;
    this.stdin = server.child.stdin!;
    this.stdout = server.child.stdout!;
    this.stdin.on('error', () => undefined);
    this.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.received += text;
    });
  }

  /** Shakes hands as a client does. */
  async initialize(): Promise<void> {
    const clientInfo = { name: 'raw', version: '1.0.0' };
    this.send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
    });
    await until(() => this.answer(1) !== undefined, 'the answer to initialize');
    this.send({ method: 'notifications/initialized' });
  }

  /** Calls a tool without waiting for its answer. */
  call(id: number, name: string, args: object): void {
    this.send({ id, method: 'tools/call', params: { name, arguments: args } });
  }

  /** The answer to the request of that id; `undefined`: it did not come, or not all of it. */
  answer(id: number): Message | undefined {
    const complete = this.received.split('\n').slice(0, -1);
    return complete.map((line): Message => JSON.parse(line)).find((message) => message.id === id);
  }

  private send(message: object): void {
    this.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}
