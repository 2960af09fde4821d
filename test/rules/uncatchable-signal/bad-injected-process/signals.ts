type Listener = (signal: NodeJS.Signals) => void;

export class Signals {
  constructor(private readonly proc: NodeJS.Process = process) {}

  onAll(listener: Listener): void {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as NodeJS.Signals[]) {
      this.proc.on(signal, () => listener(signal));
    }
  }
}
