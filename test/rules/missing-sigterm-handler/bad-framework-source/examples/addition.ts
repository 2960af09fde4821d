import { FastMCP } from '../src/FastMCP.js';

const server = new FastMCP({ name: 'addition', version: '1.0.0' });
server.start({ transportType: 'httpStream', port: 8080 });
