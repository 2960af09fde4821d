import { leave } from './leave.js';

export function installSignalHandlers() {
  process.on('SIGTERM', (signal) => leave(signal));
}
