import { start, stop } from './server.js';

function supervise({ proc }: { proc: NodeJS.Process }) {
  proc.once('SIGTERM', () => stop().then(() => proc.exit(0)));
}

supervise({ proc: process });
await start();
