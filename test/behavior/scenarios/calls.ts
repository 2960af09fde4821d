import { until } from '../run/waiting.ts';
import { everywhere, expectAnswers, type Scenario } from './scenario.ts';

/** Every server has to pass it before it is fixed, and after. */
export const undisturbedScenario: Scenario = {
  name: 'undisturbed',
  meaning: 'a server that is not stopped answers as before, tools with and without arguments',
  applies: everywhere,
  async run(launcher) {
    const { client } = await launcher.start();
    await expectAnswers([client.callTool({ name: 'slow', arguments: { ms: 50 } })], /^slow done$/);
    await expectAnswers([client.callTool({ name: 'quick', arguments: {} })], /^quick done$/);
    await expectAnswers([client.callTool({ name: 'patient', arguments: { ms: 50 } })], /^patient done$/);
    await expectAnswers([client.callTool({ name: 'big', arguments: { bytes: 10 } })], /^x{10}$/);
  },
};

export const callScenarios: readonly Scenario[] = [
  undisturbedScenario,
  {
    name: 'client-cancels',
    meaning: "a client's own cancellation still reaches the tool",
    // Without sessions the cancellation comes to another server object than the call.
    applies: ({ transport, hasSessions }) => transport === 'stdio' || hasSessions === true,
    async run(launcher) {
      const { server, client } = await launcher.start();
      const cancelling = new AbortController();
      const params = { name: 'patient', arguments: { ms: 20_000 } };
      const call = client.callTool(params, ...launcher.callOptions({ signal: cancelling.signal }));
      call.catch(() => undefined);
      await server.says(/patient: started/);
      cancelling.abort();
      await until(() => server.log.includes('patient: cancelled'), 'the tool to be cancelled', 5_000);
    },
  },
];
