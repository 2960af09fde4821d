import { HttpTransport } from './http.js';

export class TransportManager {
  private readonly http = new HttpTransport();
  start() {
    return this.http.start();
  }
  stop() {
    return this.http.stop();
  }
}
