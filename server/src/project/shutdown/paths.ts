import type { Execution } from '../execution.ts';
import type { LeadingFunctions } from '../leading.ts';
import type { CallSite } from '../program.ts';
import type { ShutdownOptions } from '../shutdownOptions.ts';
import type { SignalListener } from '../signals.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { Startup } from './startup.ts';
import { trace } from './trace.ts';
import { PathView } from './view.ts';

/** What one listener does when its signal arrives. */
export interface ShutdownPath {
  readonly listener: SignalListener;
  readonly handler: FunctionRef;
  readonly view: PathView;
}

/** A server with more handlers for one signal is not written by hand; the first ones stand for it. */
const maxPaths = 50;

/** What a server does on a signal; followed when somebody asks, and kept. */
export class ShutdownPaths {
  readonly startup: Startup;
  private readonly known = new Map<string, readonly ShutdownPath[]>();

  constructor(
    private readonly listeners: readonly SignalListener[],
    private readonly execution: Execution,
    readonly values: Values,
    readonly options: ShutdownOptions,
    leading: LeadingFunctions,
    private readonly starts: readonly CallSite[],
  ) {
    this.startup = new Startup(execution, leading, values);
  }

  /** One path for each function that may run on the signal, in the order in which live code registers them. */
  on(signal: string): readonly ShutdownPath[] {
    let paths = this.known.get(signal);
    if (!paths) {
      paths = withoutSecondSignals(this.follow(signal));
      this.known.set(signal, paths);
    }
    return paths;
  }

  private follow(signal: string): ShutdownPath[] {
    const { execution, options, values } = this;
    return this.listeners
      .filter((listener) => listener.signals.includes(signal))
      .slice(0, maxPaths)
      .filter((listener) => !this.isOfAnotherCommand(listener))
      .flatMap((listener) =>
        listener.handlers.map((handler) => ({
          listener,
          handler,
          view: new PathView(trace(handler, values, options), values, execution, options),
        })),
      );
  }

  /** Whether a listener is registered where no server starts: a command line may do more than serve. */
  isOfAnotherCommand(listener: SignalListener): boolean {
    // A transport that comes with a request stands in none of them.
    const seen = this.starts.filter((start) => this.startup.includes(start));
    return seen.length > 0 && seen.every((start) => this.startup.areExclusive(listener, start));
  }
}

/** What a handler registers while it runs answers the next signal, not this one: a second Ctrl+C that ends it all. */
function withoutSecondSignals(paths: readonly ShutdownPath[]): readonly ShutdownPath[] {
  const first = paths.filter(({ listener }) => !paths.some((other) => registers(other, listener)));
  return first.length > 0 ? first : paths;
}

function registers({ listener, view }: ShutdownPath, added: SignalListener): boolean {
  return (
    listener !== added && view.trace.steps.some((step) => step.kind === 'call' && step.call === added.call)
  );
}
