import { inject, singleton } from 'tsyringe';
import type { Stops } from './stops.js';

@singleton()
export class Lifecycle {
  constructor(@inject('stops') private readonly stops: Stops) {}

  async stop(): Promise<void> {
    await this.stops.prepare();
    await this.stops.finish();
  }
}
