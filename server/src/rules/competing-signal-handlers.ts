import type { Rule } from '../engine/types.ts';
import { leaveExit } from '../fixes/shutdown/leaveExit.ts';
import { assessed, assessedOf, besides } from '../project/shutdown/assess.ts';
import { exitWithoutWait, isCutOff } from '../project/shutdown/competition.ts';
import { place } from '../project/shutdown/places.ts';
import type { SignalListener } from '../project/signals.ts';

export const competingSignalHandlers: Rule = {
  id: 'competing-signal-handlers',
  severity: 'warning',
  docs: {
    summary: 'Several handlers listen to SIGTERM, and one of them exits at once.',
    what: `Reports a handler that ends the process without waiting for anything, while another handler for the same signal, registered in the same start of
the server, waits for its clean-up. Handlers of which only one is registered in any one start (one for stdio, one for
HTTP) do not compete, nor do handlers that only set a flag or log.`,
    why: `Every listener for a signal runs, in the order of registration, up to its first \`await\`. The first \`process.exit()\` ends
all of them: what the others have begun (a drain, a flush of telemetry, the close of a pool) is cut off. Each handler looks
right in its own file.`,
    fix: `*Leave the exit to the other handler* takes the exit out of the handler that does not wait; the rest of it stays. One
that does nothing else is removed. Offered where, on every signal that it listens to, another handler waits and then
exits. It leaves the end of the process to that one, so it is not applied by fix-all. Anything else is for the author:
let one handler run the shutdown, and the others register what they need done with it.`,
  },

  check({ project, report }) {
    const told = new Set<SignalListener['call']>();
    for (const server of project.servers) {
      const all = assessedOf(server);
      for (const one of all) {
        const exit = exitWithoutWait(one.path.view);
        const { listener } = one.path;
        if (!exit || told.has(listener.call)) continue;
        const cut = besides(one, all).filter((other) => isCutOff(other, one));
        const [first] = cut;
        if (!first) continue;
        told.add(listener.call);
        report({
          path: listener.path,
          range: listener.range,
          message:
            'This is one of several SIGTERM handlers, and it ends the process while another one still has work to wait for: that is cut off. Let a single handler do it all, one step after the other.',
          related: [
            place(exit.spot, 'It ends the process here.'),
            ...cut.slice(0, 3).map(({ path }) => ({
              path: path.listener.path,
              range: path.listener.range,
              message: 'This handler is cut off.',
            })),
          ],
        });
      }
    }
  },

  fixes(project, { path: file, range, ruleId }) {
    const one = assessed(project.servers).find(
      ({ path: { listener } }) => listener.path === file && listener.range.start === range.start,
    );
    return one ? leaveExit(project, one, ruleId) : [];
  },
};
