import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import mysql from 'mysql2/promise';
import winston from 'winston';

const logger = winston.createLogger({ transports: [new winston.transports.File({ filename: 'notes.log' })] });
const audit = winston.createLogger({ transports: [new winston.transports.File({ filename: 'audit.log' })] });
const pool = mysql.createPool('mysql://localhost/notes');
const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('list_notes', {}, async () => {
  const [rows] = await pool.query('SELECT title FROM notes');
  logger.info('listed');
  return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
});

process.on('SIGTERM', async () => {
  await pool.end();
  await new Promise((resolve) => logger.on('finish', resolve).end());
  await new Promise((resolve) => {
    audit.once('finish', resolve);
    audit.end();
  });
  process.exit(0);
});

await server.connect(new StdioServerTransport());
