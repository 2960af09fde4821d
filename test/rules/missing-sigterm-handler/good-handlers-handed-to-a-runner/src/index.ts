import { boot } from './boot.js';
import { heedSignals } from './signals.js';
import { serveHttp, serveStdio } from './transports.js';

if (process.argv.includes('--http')) {
  await boot([heedSignals]);
  await serveHttp();
} else {
  heedSignals();
  await serveStdio();
}
