import { initializeParams, postMcp, rawSession, rawSseSession } from '../run/http.ts';
import { patience, until } from '../run/waiting.ts';
import { expectAnswers, expectExit, overHttp, type Scenario, slack } from './scenario.ts';

const callMs = 2_000 * patience;
const refusedMs = 1_500 * patience;

function expectStatus(what: string, response: Response, status: number): void {
  if (response.status !== status) throw new Error(`${what}: HTTP ${response.status}, not ${status}`);
}

/** The answer to a request that came too late: one that a client understands and may send elsewhere. */
async function expectRefused(what: string, response: Response, id: unknown): Promise<void> {
  expectStatus(what, response, 503);
  for (const header of ['retry-after', 'connection']) {
    if (!response.headers.has(header)) throw new Error(`${what}: no ${header} header`);
  }
  const body = JSON.parse(await response.text());
  if (body.jsonrpc !== '2.0' || body.error?.code !== -32000 || body.id !== id) {
    throw new Error(`${what}: ${JSON.stringify(body)} is no JSON-RPC error for ${id}`);
  }
}

async function health(origin: string): Promise<number> {
  const response = await fetch(`${origin}/health`);
  await response.arrayBuffer();
  return response.status;
}

export const refusingScenarios: readonly Scenario[] = [
  {
    name: 'health-503',
    meaning: 'while draining the health route answers 503',
    applies: ({ hasHealth }) => hasHealth === true,
    async run(launcher) {
      const { server, client, origin } = await launcher.start();
      if ((await health(origin)) !== 200) throw new Error('the health route is not healthy before');
      const call = client.callTool({ name: 'slow', arguments: { ms: callMs } });
      call.catch(() => undefined);
      await server.says(/slow: started/);
      server.signal('SIGTERM');
      await until(async () => (await health(origin)) === 503, '503 from the health route', refusedMs);
      await expectAnswers([call], /slow done/);
      await expectExit(server, 0, callMs + slack);
    },
  },
  {
    name: 'refuses-new',
    meaning: 'while draining a new initialize and a batch with a request get a JSON-RPC 503',
    applies: overHttp,
    async run(launcher) {
      const { server, client, origin } = await launcher.start();
      const { transport, hasSessions } = launcher.target.of;
      const url = launcher.endpoint(origin);
      const session = hasSessions && transport === 'http' ? await rawSession(url) : {};
      const messages = transport === 'sse' ? (await rawSseSession(url)).messages : undefined;
      const call = client.callTool({ name: 'slow', arguments: { ms: callMs } });
      call.catch(() => undefined);
      await server.says(/slow: started/);
      server.signal('SIGTERM');
      const initialize = { id: 41, method: 'initialize', params: initializeParams };
      if (messages) {
        await until(async () => (await fetch(url)).status === 503, '503 for a new SSE stream', refusedMs);
        await expectRefused('tools/list', await postMcp(messages, { id: 'b', method: 'tools/list' }), 'b');
        const note = { method: 'notifications/cancelled', params: { requestId: 99 } };
        expectStatus('a notification', await postMcp(messages, note), 202);
      } else {
        await until(
          async () => (await postMcp(url, initialize)).status === 503,
          '503 for initialize',
          refusedMs,
        );
        await expectRefused('initialize', await postMcp(url, initialize), 41);
        const list = { id: 'b', method: 'tools/list' };
        await expectRefused('tools/list', await postMcp(url, list, session), 'b');
        const batch = [{ method: 'notifications/cancelled', params: { requestId: 99 } }, list];
        expectStatus('a batch with a request', await postMcp(url, batch, session), 503);
      }
      await expectAnswers([call], /slow done/);
      await expectExit(server, 0, callMs + slack);
    },
  },
  {
    name: 'lets-pass',
    meaning:
      'while draining notifications, DELETE and a GET with Last-Event-ID pass; a new GET stream does not',
    applies: ({ transport, hasSessions }) => transport === 'http' && hasSessions === true,
    async run(launcher) {
      const { server, client, origin } = await launcher.start();
      const url = launcher.endpoint(origin);
      const session = await rawSession(url);
      const call = client.callTool({ name: 'slow', arguments: { ms: callMs } });
      call.catch(() => undefined);
      await server.says(/slow: started/);
      server.signal('SIGTERM');
      const initialize = { id: 41, method: 'initialize', params: initializeParams };
      await until(async () => (await postMcp(url, initialize)).status === 503, '503', refusedMs);
      const note = { method: 'notifications/cancelled', params: { requestId: 99 } };
      expectStatus('a notification', await postMcp(url, note, session), 202);
      const reply = { id: 5, result: {} };
      expectStatus('an answer to the server', await postMcp(url, reply, session), 202);
      expectStatus('a batch of notifications', await postMcp(url, [note, note], session), 202);
      const stream = { ...session, accept: 'text/event-stream' };
      expectStatus('a new GET stream', await fetch(url, { headers: stream }), 503);
      const resumed = await fetch(url, { headers: { ...stream, 'last-event-id': 'none' } });
      if (resumed.status === 503) throw new Error('a resumed GET stream is refused');
      expectStatus('DELETE', await fetch(url, { method: 'DELETE', headers: session }), 200);
      await expectAnswers([call], /slow done/);
      await expectExit(server, 0, callMs + slack);
    },
  },
];
