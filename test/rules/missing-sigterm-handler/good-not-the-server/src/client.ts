import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const client = new Client({ name: 'probe', version: '1.0.0' });
await client.connect(new StdioClientTransport({ command: 'node', args: ['src/index.ts'] }));
