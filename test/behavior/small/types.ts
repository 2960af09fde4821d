import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Checks all TypeScript below a folder with `tsc --strict` against the real packages, at one go.
 * @returns the complaints, by the first part of the path
 */
export function typeErrorsBelow(root: string): Map<string, string> {
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*/*/src/*.ts'] }));
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', root], {
    cwd: root,
    encoding: 'utf8',
  });
  const errors = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, folder] = /^([^/\s]+)\/(?:before|after)\//.exec(line) ?? [];
    if (folder) errors.set(folder, `${errors.get(folder) ?? ''}${line}\n`);
  }
  if (status !== 0 && errors.size === 0) throw new Error(`tsc failed:\n${stdout}`);
  return errors;
}
