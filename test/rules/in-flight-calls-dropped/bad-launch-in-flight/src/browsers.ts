import { type Browser, chromium } from 'playwright';

export class Browsers {
  #browser: Browser | undefined;
  #launchInFlight: Promise<Browser> | undefined;

  async acquire(): Promise<Browser> {
    this.#launchInFlight ??= chromium.launch();
    this.#browser = await this.#launchInFlight;
    return this.#browser;
  }

  /** A browser that is being launched would be left behind. */
  async close() {
    const inFlight = this.#launchInFlight;
    if (inFlight !== undefined) await inFlight;
    await this.#browser?.close();
  }
}
