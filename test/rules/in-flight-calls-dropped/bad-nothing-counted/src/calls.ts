export const inFlight = new Set<string>();

export function begin(id: string): void {
  inFlight.add(id);
}

export function finish(id: string): void {
  inFlight.delete(id);
}
