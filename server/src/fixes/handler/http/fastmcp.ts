import { statementAround } from '../../source/statements.ts';
import type { HttpFramework } from './framework.ts';

/**
 * fastmcp: `start({ transportType: 'httpStream' })` makes the listener and keeps it; requests are met at the first
 * one that Node tells of. `stop()` ends sessions and listener, and aborts what runs: it comes after the drain.
 */
export const fastMcpHttp: HttpFramework = {
  name: 'fastmcp',
  listen({ call, fn }, into) {
    const statement = statementAround(into.facts, fn, call);
    if (!statement || call.callee.kind !== 'member') return undefined;
    const { start, end } = call.callee.object;
    const server = into.file.text.slice(start, end);
    return {
      statement,
      insertions: [{ into, at: { before: statement }, code: 'guardRequests();' }],
      isSlow: true,
      steps: [{ what: 'fastmcp', run: `${server}.stop()`, imports: [] }],
    };
  },
  guard: () => ({
    insertions: [],
    functions: [guardRequests, isRefused, bodyOf],
    imports: [
      { name: 'subscribe', from: 'node:diagnostics_channel' },
      { name: 'once', from: 'node:events' },
      ...['IncomingMessage', 'ServerResponse'].map((name) => ({ name, from: 'node:http', isType: true })),
      { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true },
    ],
    hasStreams: false,
    closesListener: true,
  }),
};

const guardRequests = `/** fastmcp makes its HTTP server itself: Node tells which one it is when the first request comes. */
function guardRequests()‹: void› {
  const guarded = new WeakSet‹<HttpServer>›();
  subscribe('http.server.request.start', (message) => {
    const { server } = message‹ as { server: HttpServer }›;
    if (guarded.has(server)) return;
    guarded.add(server);
    const listeners = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', async (req‹: IncomingMessage›, res‹: ServerResponse›) => {
      if (stoppedAt > 0 && (await isRefused(req, res))) return;
      // A tool that has returned is not yet an answer that was sent.
      if (req.method === 'POST') answers.add(res.once('close', () => answers.delete(res)));
      for (const listener of listeners) listener.call(server, req, res);
    });
  });
}`;

const isRefused = `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
async function isRefused(req‹: IncomingMessage›, res‹: ServerResponse›)‹: Promise<boolean>› {
  const body = req.method === 'POST' ? await bodyOf(req) : undefined;
  const messages = [body].flat()‹ as ({ id?: unknown; method?: unknown } | undefined)[]›;
  const request = messages.find((message) => message?.id !== undefined && message.method !== undefined);
  // Health checks are to fail now; a stream that is resumed fetches the answer of a call in flight.
  const isNew = req.method === 'GET' ? !req.headers['last-event-id'] : request !== undefined;
  if (!isNew) return false;
  const error = { code: -32000, message: 'The server is shutting down.' };
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', Connection: 'close' };
  res.writeHead(503, headers).end(JSON.stringify({ jsonrpc: '2.0', error, id: request?.id ?? null }));
  return true;
}`;

const bodyOf = `/** Reads a request's body and puts it back, for fastmcp to read it again. */
async function bodyOf(req‹: IncomingMessage›)‹: Promise<unknown>› {
  const chunks‹: Buffer[]› = [];
  try {
    for (;;) {
      for (let chunk = req.read(); chunk !== null; chunk = req.read()) chunks.push(chunk);
      if (req.complete) break;
      await once(req, 'readable');
    }
    const body = Buffer.concat(chunks);
    req.unshift(body);
    return JSON.parse(body.toString());
  } catch {
    // The client has gone, or it is no JSON: fastmcp deals with that.
    return undefined;
  }
}`;
