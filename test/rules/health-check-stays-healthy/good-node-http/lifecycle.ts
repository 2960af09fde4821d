type Phase = 'starting' | 'running' | 'draining';

class Lifecycle {
  #phase: Phase = 'starting';
  #active = 0;

  get isReady(): boolean {
    return this.#phase === 'running';
  }

  ready(): void {
    this.#phase = 'running';
  }

  enter(): () => void {
    this.#active += 1;
    return () => {
      this.#active -= 1;
    };
  }

  async drain(limitMs: number): Promise<number> {
    this.#phase = 'draining';
    const start = performance.now();
    while (this.#active > 0 && performance.now() - start < limitMs) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return this.#active;
  }
}

export const lifecycle = new Lifecycle();
