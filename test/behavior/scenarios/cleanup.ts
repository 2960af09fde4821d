import type { Case } from '../cases.ts';
import type { Launcher } from '../run/start.ts';
import { expectAnswers, expectExit, type Scenario, slack } from './scenario.ts';

const holdsResources = ({ resources = [] }: Case) => resources.length > 0;

/** Drains with a call in flight; `fault` is what the first resource does when it is released. */
async function cleanUp(launcher: Launcher, fault: string, code: number, ms: number): Promise<void> {
  const { resources = [] } = launcher.target.of;
  const env = { [`FAKE_${resources[0]?.toUpperCase()}`]: fault };
  const { server, client } = await launcher.start({ env });
  const call = client.callTool({ name: 'slow', arguments: { ms: 500 } });
  call.catch(() => undefined);
  await server.says(/slow: started/);
  server.signal('SIGTERM');
  await expectAnswers([call], /slow done/);
  await expectExit(server, code, ms);
  const expected = ['slow: finished', ...resources.map((name) => `[${name}] released`)];
  const seen = server.log.split('\n').filter((line) => expected.includes(line));
  const wanted = fault ? expected.filter((line) => line !== `[${resources[0]}] released`) : expected;
  if (seen.join() !== wanted.join()) {
    throw new Error(`released: ${seen.join(', ')}; expected: ${wanted.join(', ')}`);
  }
}

export const cleanupScenarios: readonly Scenario[] = [
  {
    name: 'cleanup-order',
    meaning: 'what the server holds is released after the calls, in order, once',
    applies: holdsResources,
    run: (launcher) => cleanUp(launcher, '', 0, 500 + slack),
  },
  {
    name: 'cleanup-throws',
    meaning: 'a release that rejects: the others run, exit 1',
    applies: holdsResources,
    run: (launcher) => cleanUp(launcher, 'throw', 1, 500 + slack),
  },
  {
    name: 'cleanup-hangs',
    meaning: 'a release that hangs: the others run, exit 1',
    applies: holdsResources,
    run: (launcher) => cleanUp(launcher, 'hang', 1, 500 + 5_000 + slack),
  },
];
