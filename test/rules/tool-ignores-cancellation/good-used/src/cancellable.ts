interface Extra {
  signal: AbortSignal;
}

export function cancellable<T>(work: () => Promise<T>) {
  return async (args: unknown, extra: Extra): Promise<T> => {
    const cancelled = new Promise<never>((resolve, reject) => {
      extra.signal.addEventListener('abort', () => reject(new Error('Cancelled')));
    });
    return Promise.race([work(), cancelled]);
  };
}
