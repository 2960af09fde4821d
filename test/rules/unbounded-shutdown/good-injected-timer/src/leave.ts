interface Options {
  graceMs: number;
  exit(code: number): void;
  /** Tests hand in one that fires when they say so. */
  arm?: (run: () => void, ms: number) => { unref?: () => void };
}

interface Closable {
  close(done: () => void): unknown;
}

/** What a signal runs: the exit waits for the listener, but not for ever. */
export function leaving(listener: Closable, save: () => Promise<void>, options: Options): () => void {
  const arm = options.arm ?? setTimeout;
  let isLeaving = false;
  return () => {
    if (isLeaving) return;
    isLeaving = true;
    let isSaved = false;
    const saveAndExit = () => {
      if (isSaved) return;
      isSaved = true;
      void save()
        .catch(() => {})
        .finally(() => options.exit(0));
    };
    arm(saveAndExit, options.graceMs).unref?.();
    listener.close(saveAndExit);
  };
}
