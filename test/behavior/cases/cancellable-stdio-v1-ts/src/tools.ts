import { exec, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const run = promisify(execFile);

export const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

async function disk({ path }: { path: string }) {
  const { stdout } = await run('du', ['-s', path]);
  return text(stdout);
}

class Commands {
  async count({ path }: { path: string }) {
    const { stdout } = await run('wc', ['-l', path], { timeout: 1_000 });
    return text(stdout);
  }

  list = async () => {
    const { stdout } = await run('ls');
    return text(stdout);
  };
}

export function commandTools(server: McpServer): void {
  const commands = new Commands();
  server.registerTool('disk', { inputSchema: { path: z.string() } }, disk);
  server.registerTool('count', { inputSchema: { path: z.string() } }, commands.count.bind(commands));
  server.registerTool('list', { description: 'Lists' }, commands.list);
  server.registerTool('copy', { inputSchema: { from: z.string(), to: z.string() } }, async function (args) {
    await pipeline(createReadStream(args.from), createWriteStream(args.to));
    await wait(10);
    return text((await readFile(args.to, 'utf8')).slice(0, 10));
  });
  server.registerTool('build', { description: 'Builds' }, async () => {
    const code = await new Promise((resolve, reject) => {
      const child = spawn('make', ['-C', '/'], { stdio: 'ignore' });
      child.once('error', reject);
      child.once('close', resolve);
    });
    const version = await new Promise<string>((resolve, reject) => {
      exec('make --version', (error, stdout) => (error ? reject(error) : resolve(stdout)));
    });
    return text(`${code} ${version}`);
  });
  server.registerTool('resized', { description: 'Waits' }, async () => text(String(await once(process, 'SIGWINCH'))));
}
