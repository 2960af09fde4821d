import type { Case } from '../cases.ts';
import type { Launcher } from '../run/start.ts';
import { expectAnswers, expectExit, type Scenario, slack } from './scenario.ts';

const holdsResources = ({ resources = [] }: Case) => resources.length > 0;

/** Drains with a call in flight; `faulty` is the resource whose release goes wrong, `fault` how. */
async function cleanUp(launcher: Launcher, code: number, ms: number, faulty = '', fault = ''): Promise<void> {
  const { resources = [] } = launcher.target.of;
  const { server, client } = await launcher.start({ env: { [`FAKE_${faulty.toUpperCase()}`]: fault } });
  const call = client.callTool({ name: 'slow', arguments: { ms: 500 } });
  call.catch(() => undefined);
  await server.says(/slow: started/);
  server.signal('SIGTERM');
  await expectAnswers([call], /slow done/);
  await expectExit(server, code, ms);
  const [first, ...released] = server.log.match(/slow: finished|(?<=\[)\w+(?=\] released)/g) ?? [];
  if (first !== 'slow: finished') throw new Error(`${first} is released while a call runs`);
  const wanted = resources.filter((name) => name !== faulty).sort();
  if (released.sort().join() !== wanted.join()) {
    throw new Error(`released: ${released.join(', ')}; to be released: ${wanted.join(', ')}`);
  }
}

/** Lets the release of each resource in turn go wrong. */
async function cleanUpWith(launcher: Launcher, fault: string, ms: number): Promise<void> {
  for (const name of launcher.target.of.resources ?? []) await cleanUp(launcher, 1, ms, name, fault);
}

export const cleanupScenarios: readonly Scenario[] = [
  {
    name: 'cleanup',
    meaning: 'what the server holds is released, once, and not before the calls are answered',
    applies: holdsResources,
    run: (launcher) => cleanUp(launcher, 0, 500 + slack),
  },
  {
    name: 'cleanup-throws',
    meaning: 'a release that rejects, each in turn: the others run, exit 1',
    applies: holdsResources,
    run: (launcher) => cleanUpWith(launcher, 'throw', 500 + slack),
  },
  {
    name: 'cleanup-hangs',
    meaning: 'a release that hangs, each in turn: the others run, exit 1',
    applies: holdsResources,
    run: (launcher) => cleanUpWith(launcher, 'hang', 500 + 5_000 + slack),
  },
  {
    name: 'kept',
    meaning: 'what a handler did that was there before is still done, once',
    applies: ({ keeps = [] }) => keeps.length > 0,
    async run(launcher) {
      const { server } = await launcher.start();
      server.signal('SIGTERM');
      await expectExit(server, 0, slack);
      for (const line of launcher.target.of.keeps ?? []) {
        const times = server.log.match(new RegExp(line, 'g'))?.length ?? 0;
        if (times !== 1) throw new Error(`"${line}" is written ${times} times`);
      }
    },
  },
];
