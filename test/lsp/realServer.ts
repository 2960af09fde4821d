/** An MCP server over HTTP whose handler for Ctrl+C is sound, and that hears of no other signal. */
export const serverText = `#!/usr/bin/env node
import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const app = express();
app.use(express.json());

const inFlight = new Set<Promise<unknown>>();
let isStopping = false;

function createServer(): McpServer {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  server.registerTool(
    'forecast',
    { description: 'The weather of tomorrow', inputSchema: { city: z.string() } },
    async ({ city }) => {
      const call = fetch(\`https://weather.example/\${encodeURIComponent(city)}\`).then((answer) => answer.text());
      inFlight.add(call);
      try {
        return { content: [{ type: 'text', text: await call }] };
      } finally {
        inFlight.delete(call);
      }
    },
  );
  return server;
}

app.post('/mcp', async (request, response) => {
  if (isStopping) {
    response.status(503).set('Retry-After', '1').end();
    return;
  }
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

app.get('/health', (_request, response) => {
  response.status(isStopping ? 503 : 200).json({ status: isStopping ? 'stopping' : 'ok' });
});

const listener = app.listen(3000, () => {
  console.error('listening');
});

async function shutdown(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await Promise.allSettled(inFlight);
  await new Promise((resolve) => listener.close(resolve));
  process.exit(0);
}

process.on('SIGINT', shutdown);

process.on('uncaughtException', (error) => {
  console.error(error);
});
`;

export const dockerfileText = `FROM node:20-slim
WORKDIR /app
COPY . .
RUN npm ci && npm run build
ENV PORT=3000 \\
    NODE_ENV=production
EXPOSE 3000
CMD node dist/index.js
`;

export const projectFiles: Readonly<Record<string, string>> = {
  '/repo/package.json': JSON.stringify({
    name: 'weather',
    type: 'module',
    bin: 'dist/index.js',
    scripts: { build: 'tsc', start: 'node dist/index.js' },
    dependencies: { '@modelcontextprotocol/sdk': '^1.20.0', express: '^5.0.0', zod: '^3.25.0' },
  }),
  '/repo/tsconfig.json': JSON.stringify({
    compilerOptions: { outDir: 'dist', rootDir: 'src', module: 'nodenext' },
  }),
  '/repo/src/index.ts': serverText,
  '/repo/Dockerfile': dockerfileText,
};
