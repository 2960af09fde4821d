import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'either', version: '1.0.0' });
const transportType = process.env.MCP_TRANSPORT === 'http' ? 'httpStream' : 'stdio';

await server.start({ transportType, httpStream: { port: Number(process.env.PORT ?? 3000) } });
