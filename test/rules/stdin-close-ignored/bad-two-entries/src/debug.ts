import { serve } from './serve.js';

process.env.LOG_LEVEL = 'debug';
await serve();
