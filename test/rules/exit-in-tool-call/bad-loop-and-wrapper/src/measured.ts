export function measured(name: string, handler: (args: unknown) => Promise<unknown>) {
  return async (args: unknown) => {
    const start = Date.now();
    try {
      return await handler(args);
    } finally {
      console.error(name, Date.now() - start);
    }
  };
}
