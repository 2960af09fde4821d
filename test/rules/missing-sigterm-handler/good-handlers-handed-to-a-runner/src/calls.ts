export const callsInFlight = new Set<Promise<unknown>>();

export async function counted<T>(call: Promise<T>): Promise<T> {
  callsInFlight.add(call);
  try {
    return await call;
  } finally {
    callsInFlight.delete(call);
  }
}
