import type { McpServer } from '../server.ts';
import { functionsOf, isGlobal } from '../value.ts';
import type { Values } from '../values.ts';
import type { Spot, Step } from './steps.ts';
import { type Trace, trace } from './trace.ts';

/** Work that stands behind an exit, so that it never runs. */
export interface Unreachable {
  readonly work: Step;
  readonly exit: Step;
}

/** Where the work is asked for: the call that leads away from what the exit's function does, or the work itself. */
export function siteOf({ work, exit }: Unreachable): Spot {
  const away = work.via.findIndex(({ expr }, index) => exit.via[index]?.expr !== expr);
  return work.via[away] ?? work.spot;
}

/** What a path would still do behind an exit that it always comes to before. */
export function behindExit({ steps }: Trace): Unreachable | undefined {
  for (const exit of steps) {
    if (exit.kind !== 'exit') continue;
    const work = steps.find(
      (step) =>
        step.kind === 'call' &&
        step.line === exit.line &&
        step.index > exit.index &&
        exit.branches.every((branch) =>
          step.branches.some((own) => own.of === branch.of && own.side === branch.side),
        ) &&
        exit.isOnError === step.isOnError,
    );
    if (work) return { work, exit };
  }
  return undefined;
}

/** `process.on('exit', async () => { await ... })`: the process does not wait for what is awaited there. */
export interface AsyncExitListener {
  readonly registration: Spot;
  readonly awaited: Spot;
}

/** The async listeners for `exit` that live code registers and that await something. */
export function asyncExitListeners({ execution, shutdown: { values } }: McpServer): AsyncExitListener[] {
  const { program } = values;
  return ['on', 'once', 'addListener'].flatMap((method) =>
    program.callsNamed(method).flatMap(({ path, fn, call }): AsyncExitListener[] => {
      const [event, listener] = call.args;
      if (event?.kind !== 'literal' || event.value !== 'exit' || !listener) return [];
      if (!execution.live.get(path)?.has(fn)) return [];
      if (!values.of(call.callee, path, fn).some((value) => isGlobal(value, `process.${method}`))) return [];
      return functionsOf(values.of(listener, path, fn)).flatMap((ref): AsyncExitListener[] => {
        const fact = program.functionAt(ref.path, ref.fn);
        const awaited = fact?.isAsync ? firstAwaited(ref.path, ref.fn, values) : undefined;
        return awaited ? [{ registration: { path, fn, expr: call }, awaited }] : [];
      });
    }),
  );
}

/** The first thing that a function waits for, where it is one that takes time. */
function firstAwaited(path: string, fn: number, values: Values): Spot | undefined {
  return trace({ path, fn }, values).steps.find((step) => step.kind === 'call' && step.isAwaited)?.spot;
}
