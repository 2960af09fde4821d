import { onSignals } from './signals.js';
import { start } from './server.js';

// Another rule's business: the listener is there, and does nothing.
onSignals(async () => {});
await start();
