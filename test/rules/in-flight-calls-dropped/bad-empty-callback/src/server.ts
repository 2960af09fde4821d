import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { startHttp, stopHttp } from './http.js';
import { createServer } from './mcp.js';

export async function startServer(): Promise<void> {
  if (process.argv.includes('--stdio')) {
    await createServer().connect(new StdioServerTransport());
    // nothing to close: stdin ends with the client
    installShutdown(async () => {});
    return;
  }
  await startHttp(Number(process.env.PORT ?? 3333));
  installShutdown(stopHttp);
}

function installShutdown(stop: () => Promise<void>): void {
  let isStopping = false;
  const handler = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    try {
      await stop();
    } finally {
      process.exit(0);
    }
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
}
