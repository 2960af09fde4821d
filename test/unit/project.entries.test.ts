import { expect, test } from 'vitest';
import { scriptOf } from '../../server/src/project/entries.ts';

test.each([
  ['node dist/index.js', 'dist/index.js', []],
  ['node --env-file=.env dist/index.js --http config.js', 'dist/index.js', []],
  ['node --env-file .env.js dist/index.js', 'dist/index.js', []],
  ['node --max-old-space-size=512 ./server.mjs', './server.mjs', []],
  ['node --import ./tracing.js dist/index.js', 'dist/index.js', ['./tracing.js']],
  [
    'node --import=tsx -r ./a.cjs --require dotenv/config src/index.ts',
    'src/index.ts',
    ['tsx', './a.cjs', 'dotenv/config'],
  ],
  ['node index.js --require ./x.js', 'index.js', []],
  ['NODE_ENV=production node index.js', 'index.js', []],
  ['/usr/local/bin/node /app/index.js', '/app/index.js', []],
  ['cross-env PORT=1 tsx watch src/index.ts', 'src/index.ts', []],
  ['deno run --allow-net main.ts', 'main.ts', []],
  ['bun run src/index.ts', 'src/index.ts', []],
  ['node bin/www', 'bin/www', []],
  ['index.js', 'index.js', []],
  ['vite build', undefined, []],
  ['node', undefined, []],
  ['node --import', undefined, ['']],
  ['', undefined, []],
])('%s', (command, script, preloads) => {
  expect(scriptOf(command.split(' '))).toEqual({ script, preloads });
});
