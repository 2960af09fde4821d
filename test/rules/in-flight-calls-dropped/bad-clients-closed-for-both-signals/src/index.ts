import express from 'express';
import { Clients } from './clients.js';
import { McpOverHttp } from './http.js';

const app = express();
app.use(express.json());
new McpOverHttp().registerOn(app);

const clients = new Clients();
await clients.connect('archive', 'http://localhost:4000/mcp');
app.listen(3000).setTimeout(60_000);

process.on('SIGINT', async () => {
  console.log('interrupted');
  await clients.closeAll();
  process.exit(0);
});

process.on('SIGTERM', async () => {
  console.log('asked to stop');
  await clients.closeAll();
  process.exit(0);
});
