import { readFileSync } from 'node:fs';
import { start, stop } from './server.js';

const { stopSignal } = JSON.parse(readFileSync('settings.json', 'utf8'));
process.on(stopSignal, stop);
await start();
