export interface Stoppable {
  stop(): Promise<void>;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** Stops an application when the process is asked to end. */
export function stopOnSignals(app: Stoppable, log: (line: string) => void = console.error): void {
  SIGNALS.forEach((name) => {
    process.once(name as NodeJS.Signals, () => {
      log(`${name}, stopping`);
      app
        .stop()
        .catch((error) => log(String(error)))
        .finally(() => process.exit(0));
    });
  });
}
