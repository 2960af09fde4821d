export * from './http.js';
export { onShutdown } from './shutdown.js';
