import { expect, test } from 'vitest';
import { openProject } from '../../server/src/engine/openProject.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { relativePath } from '../../server/src/text/paths.ts';
import { tempFolder } from '../support/tempFolder.ts';

const server = `
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
const app = express();
app.post('/mcp', (req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res));
app.listen(3000);
`;

const manifest = JSON.stringify({
  name: 'notes',
  scripts: { 'start:prod': 'cross-env NODE_ENV=production node dist/http.js' },
  dependencies: { '@modelcontextprotocol/sdk': '1.20.0' },
});

/** The servers that a Dockerfile is known to run, each with a star where Node is process 1. */
async function run(dockerfile: string, scripts: Record<string, string> = {}): Promise<string[]> {
  const root = tempFolder({
    'package.json': manifest,
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    'src/http.ts': server,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\n${dockerfile}\n`,
    ...scripts,
  });
  const { servers } = await openProject(new Workspace(nodeFileSystem), root, {}, false);
  return servers.flatMap(({ entry, declaredAt }) =>
    declaredAt
      .filter(({ kind }) => kind === 'dockerfile')
      .map(({ isFirstProcess }) => `${relativePath(root, entry)}${isFirstProcess ? '*' : ''}`),
  );
}

const first = ['src/http.ts*'];
const behind = ['src/http.ts'];

test.each([
  ['CMD ["node", "dist/http.js"]', first],
  [`CMD ["sh", "-c", "exec node dist/http.js \${MODE}"]`, first],
  ['CMD exec node --port $PORT dist/http.js', first],
  ['CMD node dist/http.js $MODE', behind],
  ['ENTRYPOINT ["tini", "--"]\nCMD ["node", "dist/http.js"]', behind],
  ['CMD ["npm", "run", "start:prod"]', behind],
  ['CMD $PROGRAM dist/http.js', []],
])('%s', async (dockerfile, expected) => expect(await run(dockerfile)).toEqual(expected));

test.each([
  ['exec "$@"\n', first],
  ['exec node dist/http.js "$@"\n', first],
  ['exec gosu node "$@"\n', first],
  ['exec tini -- "$@"\n', behind],
  ['"$@"\n', behind],
  ['trap \'kill $P; wait $P\' TERM\n"$@" &\nP=$!\nwait $P\n', behind],
  ['exec npm run start:prod\n', behind],
  ['exec other "$@"\n', []],
])('behind a script that says %j', async (script, expected) => {
  const dockerfile = 'ENTRYPOINT ["docker/start.sh"]\nCMD ["node", "dist/http.js"]';
  expect(await run(dockerfile, { 'docker/start.sh': script })).toEqual(expected);
});

test('behind a script and a shell', async () => {
  const scripts = { 'docker/entrypoint': '#!/bin/sh\nset -e\nexec "$@"\n' };
  const copied = 'COPY docker/entrypoint /usr/local/bin/\nENTRYPOINT ["entrypoint"]\n';
  expect(await run(`${copied}CMD ["sh", "-c", "exec node dist/http.js \${MODE:-http}"]`, scripts)).toEqual(
    first,
  );
  expect(await run(`${copied}CMD node dist/http.js`, scripts)).toEqual(behind);
});
