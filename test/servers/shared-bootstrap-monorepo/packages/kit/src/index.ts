export { serveHttp } from './serve.js';
export { onShutdown } from './shutdown.js';
