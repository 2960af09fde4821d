import type { SignalListener } from '../signals.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { type Trace, trace } from './trace.ts';

/** What one listener does when its signal arrives. */
export interface ShutdownPath {
  readonly listener: SignalListener;
  readonly handler: FunctionRef;
  readonly trace: Trace;
}

/** What a server does on a signal; followed when somebody asks, and kept. */
export class ShutdownPaths {
  private readonly known = new Map<string, readonly ShutdownPath[]>();

  constructor(
    private readonly listeners: readonly SignalListener[],
    readonly values: Values,
  ) {}

  /** One path for each function that may run on the signal, in the order in which live code registers them. */
  on(signal: string): readonly ShutdownPath[] {
    let paths = this.known.get(signal);
    if (!paths) {
      paths = this.listeners
        .filter(({ signals }) => signals.includes(signal))
        .flatMap((listener) =>
          listener.handlers.map((handler) => ({ listener, handler, trace: trace(handler, this.values) })),
        );
      this.known.set(signal, paths);
    }
    return paths;
  }
}
