export { bootstrap } from './server.js';
