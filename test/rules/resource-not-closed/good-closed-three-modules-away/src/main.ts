import { createApp } from './core/app.js';

const app = await createApp();
await app.start();
