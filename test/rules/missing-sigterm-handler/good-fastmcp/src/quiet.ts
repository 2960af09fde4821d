import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'quiet', version: '1.0.0' });
await server.start({ transportType: 'stdio' });
