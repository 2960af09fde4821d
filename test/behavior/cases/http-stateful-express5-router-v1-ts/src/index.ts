import express from 'express';
import { mcpRouter } from './mcpRouter.js';

const app = express();
app.use(express.json());

app.get('/health', (_req, res) => {
  res.json({ status: 'ok' });
});

app.use('/mcp', mcpRouter);

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => {
  console.log(`parcels server on http://localhost:${port}/mcp`);
});
