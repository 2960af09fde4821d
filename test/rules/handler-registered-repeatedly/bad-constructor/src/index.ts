import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Session } from './session.js';

const http = createServer(async (request, response) => {
  const session = new Session();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await session.server.connect(transport);
  await transport.handleRequest(request, response);
});
http.listen(3000);
