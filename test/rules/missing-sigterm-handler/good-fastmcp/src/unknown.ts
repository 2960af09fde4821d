import { readFileSync } from 'node:fs';
import { FastMCP } from 'fastmcp';

const options = JSON.parse(readFileSync('server.json', 'utf8'));
await new FastMCP({ name: 'unknown', version: '1.0.0' }).start(options);
