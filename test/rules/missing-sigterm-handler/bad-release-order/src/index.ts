import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createWriteStream } from 'node:fs';
import { Pool } from 'pg';
import winston from 'winston';

const logger = winston.createLogger({ transports: [new winston.transports.File({ filename: 'server.log' })] });
const tracing = new NodeSDK();
tracing.start();
const pool = new Pool();
const audit = createWriteStream('audit.log', { flags: 'a' });

const server = new McpServer({ name: 'ledger', version: '1.0.0' });

server.registerTool('book', { description: 'Books an amount' }, async () => {
  await pool.query('insert into bookings default values');
  audit.write('booked\n');
  logger.info('booked');
  return { content: [{ type: 'text', text: 'booked' }] };
});

await server.connect(new StdioServerTransport());
