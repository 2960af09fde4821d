export * from './signals.js';
export { version } from './version.js';
