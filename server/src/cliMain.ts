import { join } from 'node:path';
import { version } from '../../package.json';
import { run } from './cli/run.ts';
import { nodeFileSystem, saveText, toCorePath } from './nodeFileSystem.ts';
import { openLog, standardInput } from './nodeLog.ts';
import { rules } from './rules/index.ts';

/** The pages lie beside `dist/` in the package. */
const pages = toCorePath(join(__dirname, '../docs/rules'));

for (const stream of [process.stdout, process.stderr]) {
  // The reader may have gone (`| head`): there is nobody left to tell.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// The exit code is only set: to exit now would cut off output that a pipe has not taken yet.
void run(
  {
    argv: process.argv.slice(2),
    cwd: toCorePath(process.cwd()),
    fileSystem: nodeFileSystem,
    saveText,
    toCorePath,
    readPage: (ruleId) => nodeFileSystem.readText(`${pages}/${ruleId}.md`, 1_000_000),
    openLog: async (path) => (path === '-' ? standardInput() : openLog(path)),
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    isTTY: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    isErrorTTY: process.stderr.isTTY === true,
    variables: process.env,
    version,
  },
  rules,
).then((code) => {
  process.exitCode = code;
});
