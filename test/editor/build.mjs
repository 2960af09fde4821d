import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const source = join(import.meta.dirname, 'suite');
const target = 'out/editor';

/** The module whose `run` the editor calls, and the extension on whose behalf it does so. */
export const tests = {
  suite: `${target}/index.cjs`,
  driver: join(import.meta.dirname, 'driver'),
};

/** What the suite's workspace holds at first. Each run gets a copy. */
export const workspace = join(import.meta.dirname, 'workspace');

/** Compiles the suite to CommonJS, which is what the editor's test runner loads. */
export async function buildSuite() {
  rmSync(target, { recursive: true, force: true });
  const files = readdirSync(source).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  await build({
    entryPoints: files.map((name) => join(source, name)),
    outdir: target,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
