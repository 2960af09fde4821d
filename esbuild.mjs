// Builds what is shipped into dist/: the extension, the language server, the command line, and the
// TypeScript compiler that the latter two share. `--production` minifies and leaves out source maps.
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { writeNotices } from './scripts/notices.mjs';

const isProduction = process.argv.includes('--production');

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: isProduction,
  sourcemap: !isProduction,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** The compiler takes 150 ms to load: it stays a file of its own that is loaded when it is first needed. */
const sharedTypeScript = {
  name: 'shared-typescript',
  setup(bundle) {
    bundle.onResolve({ filter: /^typescript$/ }, () => ({ path: './typescript.cjs', external: true }));
  },
};

const program = { ...common, plugins: [sharedTypeScript], banner: { js: '#!/usr/bin/env node' } };

const bundles = [
  { ...common, entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { ...program, entryPoints: ['server/src/serverMain.ts'], outfile: 'dist/server.cjs' },
  { ...program, entryPoints: ['server/src/cliMain.ts'], outfile: 'dist/cli.cjs' },
  {
    ...common,
    entryPoints: ['node_modules/typescript/lib/typescript.js'],
    outfile: 'dist/typescript.cjs',
    // Its own source map is larger than all of the product and helps nobody here.
    minify: true,
    sourcemap: false,
    // An optional aid for debugging the compiler itself; it is required inside a try.
    external: ['source-map-support'],
  },
];

function hasEntry({ entryPoints: [entry], outfile }) {
  if (existsSync(entry)) return true;
  console.warn(`${outfile} is not built: there is no ${entry}.`);
  return false;
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
const results = await Promise.all(bundles.filter(hasEntry).map((options) => build(options)));
for (const file of ['dist/server.cjs', 'dist/cli.cjs']) if (existsSync(file)) chmodSync(file, 0o755);
writeNotices(
  results.flatMap((result) => Object.keys(result.metafile.inputs)),
  'dist/NOTICES.txt',
);
