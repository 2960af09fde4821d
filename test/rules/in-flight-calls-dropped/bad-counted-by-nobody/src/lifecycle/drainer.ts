/** Waits for the requests that are being worked on. */
export class RequestDrainer {
  private readonly inFlight = new Set<string>();

  constructor(private readonly limitMs: number) {}

  begin(id: string): void {
    this.inFlight.add(id);
  }

  end(id: string): void {
    this.inFlight.delete(id);
  }

  async drain(): Promise<boolean> {
    const deadline = Date.now() + this.limitMs;
    while (this.inFlight.size > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return this.inFlight.size === 0;
  }
}
