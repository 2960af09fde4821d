import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { pool } from './db.js';
import { tokenFor } from './tokens.js';
import { CallToolRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** The tool calls in flight: what cancels each, and what answers it without its tool. */
const calls = new Map<AbortController, (answer: CallToolResult) => void>();
let stoppedAt = 0;

const telemetry = new NodeSDK({ serviceName: 'reports' });
telemetry.start();
const server = new McpServer({ name: 'reports', version: '1.0.0' });
trackToolCalls(server.server);

server.registerTool('report', {}, async () => {
  const { rows } = await pool.query('select report($1)', [await tokenFor('alice')]);
  return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
});

await server.connect(new StdioServerTransport());
stopOnSignals([
  ['PostgreSQL connection pool', () => pool.end()],
  ['OpenTelemetry SDK', () => telemetry.shutdown()],
]);

/** Counts every tool call from here on: the SDK registers one handler for all tools. */
function trackToolCalls(server: McpServer['server']): void {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (schema, handler) => {
    if ((schema as unknown) !== CallToolRequestSchema) return setRequestHandler(schema, handler);
    setRequestHandler(schema, async (request, extra) => {
      const cancelling = new AbortController();
      const cancel = () => cancelling.abort(extra.signal.reason);
      extra.signal.addEventListener('abort', cancel);
      const givenUp = new Promise<CallToolResult>((answer) => calls.set(cancelling, answer));
      try {
        return await Promise.race([handler(request, { ...extra, signal: cancelling.signal }), givenUp]);
      } finally {
        extra.signal.removeEventListener('abort', cancel);
        calls.delete(cancelling);
      }
    });
  };
}

function stopOnSignals(steps: Step[]): void {
  process.on('SIGTERM', () => void shutDown('SIGTERM', steps));
  process.on('SIGINT', () => void shutDown('SIGINT', steps));
  // A client stops a stdio server by closing its stdin, and sends SIGTERM two seconds later.
  for (const event of ['end', 'close']) process.stdin.on(event, () => void shutDown(event, steps, 1_500));
  process.stdout.on('error', () => void shutDown('error', steps, 0));
}

type Step = [name: string, run: () => unknown];

/** Lets the calls in flight finish, answers those that do not, then exits: with 1 if anything was given up. */
async function shutDown(cause: string, steps: Step[], maxMs = Infinity): Promise<void> {
  // SIGTERM may come several times; a second Ctrl+C after a while is meant.
  if (cause === 'SIGINT' && stoppedAt > 0 && Date.now() - stoppedAt > 1_000) process.exit(130);
  if (stoppedAt > 0) return;
  stoppedAt = Date.now();
  await settled(Math.min(maxMs, drainTimeout()));
  // Docker kills ten seconds after SIGTERM: whatever hangs below, it is over by then.
  setTimeout(() => process.exit(1), 4_800);
  const end = Date.now() + 4_500;
  process.exitCode = calls.size > 0 ? 1 : 0;
  for (const cancelling of calls.keys()) cancelling.abort();
  await settled(250);
  const text = 'Not finished: the server is shutting down.';
  for (const answer of calls.values()) answer({ isError: true, content: [{ type: 'text', text }] });
  // A pipe is written to in the background: exiting at once would cut a large answer off.
  await new Promise((resolve) => setTimeout(() => process.stdout.write('', resolve), 20));
  for (const [name, run] of steps) {
    const isDone = await runStep(name, run, Math.max(100, Math.min(2_000, end - Date.now())));
    if (!isDone) process.exitCode = 1;
  }
  process.exit();
}

/** Resolves when nothing is owed to a caller any more, or after `ms`. */
async function settled(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (calls.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A step that throws or hangs does not keep the next from running. */
async function runStep(name: string, run: () => unknown, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(reject, ms, new Error(`not done after ${ms} ms`));
  });
  try {
    await Promise.race([run(), timeout]);
    return true;
  } catch (error) {
    console.error(`shutdown: ${name}:`, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** How long the calls in flight may take, in ms. */
function drainTimeout(): number {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '5000';
  if (/^\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  console.error(`DRAIN_TIMEOUT_MS is no whole number of milliseconds: "${text}". Using 5000.`);
  return 5000;
}
