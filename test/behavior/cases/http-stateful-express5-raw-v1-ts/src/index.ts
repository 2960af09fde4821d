import { serveHttp } from './http.js';

const port = Number(process.env.PORT ?? 3000);
serveHttp(port).on('listening', () => console.log(`lectures server on port ${port}`));
