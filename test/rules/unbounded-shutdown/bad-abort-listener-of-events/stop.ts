const controller = new AbortController();

export const stopSignal: AbortSignal = controller.signal;

export function stopOnSignals(): void {
  process.once('SIGTERM', () => controller.abort());
  process.once('SIGINT', () => controller.abort());
}
