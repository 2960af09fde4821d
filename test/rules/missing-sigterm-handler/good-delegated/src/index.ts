import { App } from './core/app.js';

await new App().run();
