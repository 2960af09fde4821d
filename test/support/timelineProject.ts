/** A server that drains as long as DRAIN_TIMEOUT_MS says, and the files that deploy it. */
export const drainingServer = `import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

let calls = 0;
const listener = createServer(async (request, response) => {
  calls += 1;
  response.on('close', () => (calls -= 1));
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
listener.listen(3000);

const drainTimeout = Number(process.env.DRAIN_TIMEOUT_MS ?? 5_000);

process.on('SIGTERM', async () => {
  const end = Date.now() + drainTimeout;
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  process.exit(calls > 0 ? 1 : 0);
});
`;

export const manifest = `{
  "name": "notes-mcp",
  "type": "module",
  "main": "src/index.ts",
  "dependencies": { "@modelcontextprotocol/sdk": "^1.20.0" }
}
`;

export const dockerfile = `FROM node:22-slim
WORKDIR /app
COPY . .
CMD ["node", "src/index.ts"]
`;

/** preStop 5 s and a drain of 30 s, in Kubernetes' default of 30 s. */
export const kubernetes = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: notes
spec:
  template:
    spec:
      containers:
        - name: notes
          image: notes-mcp
          env:
            - name: DRAIN_TIMEOUT_MS
              value: "30000"
          lifecycle:
            preStop:
              sleep: {seconds: 5}
`;

/** The drain's default of 5 s fits, with 7 s left. */
export const compose = `services:
  notes:
    build: .
    stop_grace_period: 12s
`;

export const timelineFiles: Readonly<Record<string, string>> = {
  'package.json': manifest,
  'src/index.ts': drainingServer,
  Dockerfile: dockerfile,
  'k8s/app.yaml': kubernetes,
  'compose.yaml': compose,
};
