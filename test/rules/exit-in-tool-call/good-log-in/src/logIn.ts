import { createServer } from 'node:http';
import express from 'express';

export function logIn() {
  const app = express();
  app.get('/callback', (request, response) => {
    response.send('You may close this window.');
    process.exit(0);
  });
  app.listen(8976);
  createServer((request, response) => response.end()).on('error', () => process.exit(1)).listen(8977);
}
