#!/usr/bin/env node
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { DiaryServer } from './diary.js';

async function main() {
  const server = new DiaryServer();
  await server.connect(new StdioServerTransport());
  console.error('diary server is running on stdio');

  process.stdin.on('end', () => process.exit(0));
}

main().catch((error) => {
  console.error('cannot start:', error);
  process.exit(1);
});
