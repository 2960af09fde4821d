import sdk = require('@modelcontextprotocol/sdk/server/mcp.js');
import mysql = require('mysql2/promise');

export function createServer() {
  const pool = mysql.createPool({ uri: process.env.MYSQL_URL });
  const server = new sdk.McpServer({ name: 'mixed', version: '1.0.0' });
  server.tool('count', {}, async () => ({
    content: [{ type: 'text' as const, text: JSON.stringify(await pool.query('select count(*) from orders')) }],
  }));
  return server;
}
