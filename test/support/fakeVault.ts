import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that reached the fake. */
export interface VaultRequest {
  /** `PUT /v1/sys/leases/revoke` */
  readonly what: string;
  readonly token: string | undefined;
  readonly namespace: string | undefined;
  readonly body: unknown;
}

/** As much of Vault's HTTP API as hands out and revokes, in memory. */
export interface FakeVault {
  readonly address: string;
  readonly requests: VaultRequest[];
  /** How it answers what revokes; set at any time. */
  mood: 'well' | 'forbids leases' | 'hangs';
  /** From now on connections are refused. */
  goDown(): Promise<void>;
}

/** Starts one inside a test, which stops it when it is done. Other paths are answered with 204 and noted, too. */
export async function startFakeVault(): Promise<FakeVault> {
  const requests: VaultRequest[] = [];
  let leases = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const what = `${request.method} ${request.url}`;
    const header = (name: string) => request.headers[name]?.toString();
    requests.push({
      what,
      token: header('x-vault-token'),
      namespace: header('x-vault-namespace'),
      body,
    });
    const answer = (status: number, json?: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    if (/revoke/.test(what) && vault.mood === 'hangs') return;
    if (/\/login$/.test(what))
      return answer(200, { auth: { client_token: 'own-token', lease_duration: 3600 } });
    if (/\/creds\//.test(what)) {
      leases += 1;
      const data = { username: 'u', password: 'p' };
      return answer(200, { lease_id: `database/creds/reports/${leases}`, lease_duration: 3600, data });
    }
    if (!/leases\/revoke/.test(what)) return answer(204);
    if (vault.mood === 'forbids leases') return answer(403, { errors: ['permission denied'] });
    // Without sync Vault has only taken note of it.
    answer((body as { sync?: boolean }).sync ? 204 : 202);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(goDown);
  const { port } = server.address() as AddressInfo;
  const vault: FakeVault = { address: `http://127.0.0.1:${port}`, requests, mood: 'well', goDown };
  return vault;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}
