export { createCatalogServer } from './server.js';
export { serveHttp } from './http.js';
