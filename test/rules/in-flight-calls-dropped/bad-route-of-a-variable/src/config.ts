import { readFileSync } from 'node:fs';

export function readConfig(): { port: number; mcpPath: string } {
  return JSON.parse(readFileSync('config.json', 'utf8'));
}
