import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** A folder that holds no MCP server. */
const files = { 'deploy/Dockerfile': 'FROM node:22-slim\nCMD node index.js\n' };

async function places(folder: string, ...argv: string[]): Promise<string[]> {
  const { output, errors } = await runCli(folder, ['check', '--format', 'json', ...argv]);
  expect(errors).toBe('');
  return JSON.parse(output).findings.map(
    ({ path, line }: { path: string; line: number }) => `${path}:${line}`,
  );
}

test('without an MCP server a Dockerfile is looked at when it is named, or the configuration says all', async () => {
  const folder = tempFolder(files);
  expect(await places(folder)).toEqual([]);
  expect(await places(folder, 'deploy/Dockerfile')).toEqual(['deploy/Dockerfile:2']);
  const widened = tempFolder({ ...files, 'mcp-shutdown.json': '{ "dockerfiles": "all" }' });
  expect(await places(widened)).toEqual(['deploy/Dockerfile:2']);
});

test('paths are seen from the one folder that is checked, else from the current one', async () => {
  const folder = tempFolder({
    ...files,
    'mcp-shutdown.json': '{ "dockerfiles": "all" }',
    'package.json': '{}',
  });
  expect(await places(folder, 'deploy')).toEqual(['Dockerfile:2']);
  expect(await places(folder, 'deploy', 'package.json')).toEqual(['deploy/Dockerfile:2']);
});
