import { FastMCP } from 'fastmcp';
import { prisma } from './prisma.js';
import { refundTool } from './tools/refund.js';

const server = new FastMCP({ name: 'orders', version: '1.4.0', health: { enabled: true, path: '/health' } });

server.addTool(refundTool);

await server.start({ transportType: 'httpStream', httpStream: { port: 8080, endpoint: '/mcp' } });

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await server.stop();
  await prisma.$disconnect();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
