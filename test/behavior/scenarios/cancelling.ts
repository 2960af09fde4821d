import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Case } from '../cases.ts';
import { until } from '../run/waiting.ts';
import { expectAnswers, expectErrorAnswer, expectExit, type Scenario, slack } from './scenario.ts';

const fetches = ({ fetches: isFetching }: Case) => isFetching === true;

/** A web server that never answers, and knows how many still wait for it. */
async function silentSite() {
  let waiting = 0;
  const site = createServer((_request, response) => {
    waiting += 1;
    response.once('close', () => {
      waiting -= 1;
    });
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(site.address() as AddressInfo).port}/`,
    waiting: () => waiting,
    close: () => {
      site.closeAllConnections();
      site.close();
    },
  };
}

export const cancellingScenarios: readonly Scenario[] = [
  {
    name: 'fetch-cancelled',
    meaning: 'the client cancels a tool that was made cancellable: its fetch is aborted',
    applies: fetches,
    async run(launcher) {
      const { server, client } = await launcher.start();
      const site = await silentSite();
      try {
        const cancelling = new AbortController();
        const params = { name: 'page', arguments: { url: site.url } };
        const call = client.callTool(params, ...launcher.callOptions({ signal: cancelling.signal }));
        call.catch(() => undefined);
        await until(() => site.waiting() === 1, 'the tool to fetch', 5_000);
        cancelling.abort();
        await until(() => site.waiting() === 0, 'the fetch to be aborted', 5_000);
        await until(() => server.log.includes('page: ended'), 'the tool to end', 5_000);
        if (server.exit) throw new Error('the server ended');
      } finally {
        site.close();
      }
    },
  },
  {
    name: 'fetch-at-deadline',
    meaning:
      'the deadline of a shutdown passes during its fetch: the fetch is aborted, isError answer, exit 1',
    applies: fetches,
    async run(launcher) {
      const { server, client } = await launcher.start({ env: { DRAIN_TIMEOUT_MS: '700' } });
      const site = await silentSite();
      try {
        const call = client.callTool({ name: 'page', arguments: { url: site.url } });
        call.catch(() => undefined);
        await until(() => site.waiting() === 1, 'the tool to fetch', 5_000);
        server.signal('SIGTERM');
        await expectErrorAnswer(call);
        await expectExit(server, 1, 700 + slack);
        // The end of the process ends the request too; that the tool itself came to its end shows who was first.
        if (!server.log.includes('page: ended')) throw new Error('the fetch ended only with the process');
      } finally {
        site.close();
      }
    },
  },
  {
    name: 'time-limit',
    meaning:
      'a tool runs into its time limit: isError answer that says so, its fetch is aborted, the server goes on',
    applies: ({ limitMs }) => limitMs !== undefined,
    async run(launcher) {
      const { server, client } = await launcher.start();
      const site = await silentSite();
      try {
        const call = client.callTool({ name: 'page', arguments: { url: site.url } });
        await expectErrorAnswer(call);
        const { content } = await call;
        if (!/^Not finished within 1\.5 s\.$/.test(content[0]?.text ?? ''))
          throw new Error(JSON.stringify(content));
        await until(() => site.waiting() === 0, 'the fetch to be aborted', 5_000);
        await expectAnswers([client.callTool({ name: 'quick', arguments: {} })], /^quick done$/);
        if (server.exit) throw new Error('the server ended');
      } finally {
        site.close();
      }
    },
  },
];
