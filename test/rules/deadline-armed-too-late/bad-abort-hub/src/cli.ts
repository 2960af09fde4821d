import { start } from './start.js';

const stopping = new AbortController();
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    signals += 1;
    if (signals === 1) stopping.abort(signal);
  });
}
await start({ signal: stopping.signal, port: 2718 });
