import type { Rule } from '../engine/types.ts';
import { guardHandler } from '../fixes/shutdown/guard.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { breaksWhenRepeated, isRunOnce } from '../project/shutdown/isolation.ts';
import { place } from '../project/shutdown/places.ts';

export const reentrantShutdown: Rule = {
  id: 'reentrant-shutdown',
  severity: 'information',
  docs: {
    summary: 'A second signal runs the whole shutdown again while the first one is under way.',
    what: `Reports a SIGTERM handler that lets the calls finish, or releases something that fails when it is released twice
(\`pool.end()\` of \`pg\`), and that nothing keeps from running again: no flag that it looks at and sets, no stored promise, no
\`once\`, no removal of the listener.`,
    why: `Signals are repeated: nodemon sends three, some platforms send SIGTERM to every process twice, and people press Ctrl+C
again. The second run closes what the first one still needs. A release that rejects the second time then ends the process,
or leaves through the error branch, before the calls of the first wait have finished.`,
    fix: `*Ignore signals while the handler runs* adds a flag beside the handler, and two lines at its top that ask and set it.
Where the handlers of several signals only call one function that ends the process, the lines go there. In a class the
flag is a field, for a method that always exits. It is safe: the first signal does what it did, and a later one does
nothing. It is not offered where callers get a result, nor for methods after which the object may be started again.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const { path, judgement } = one;
      if (isRunOnce(path)) continue;
      const breaking = judgement.kind === 'unknown' ? undefined : breaksWhenRepeated(path.view);
      if (judgement.kind !== 'drains' && !(breaking && judgement.kind === 'drops calls')) continue;
      const { listener } = path;
      report({
        path: listener.path,
        range: listener.range,
        message: breaking
          ? 'A second signal runs this handler again while the first run is under way, and what it releases fails the second time. Keep the promise of the first run and return it.'
          : 'A second signal runs this handler again while the first run still waits for the calls. Keep the promise of the first run and return it.',
        related: breaking ? [place(breaking.step.spot, 'This fails when it is run twice.')] : [],
      });
    }
  },

  fixes(project, finding) {
    const one = assessed(project.servers).find(
      ({ path: { listener } }) =>
        listener.path === finding.path && listener.range.start === finding.range.start,
    );
    return one ? guardHandler(project, one, finding.ruleId) : [];
  },
};
