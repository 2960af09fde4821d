import { stopOnSignals } from '@suite/runtime';
import { CrmApp } from './app.js';

const app = new CrmApp();
await app.start(4100);
stopOnSignals(app);
