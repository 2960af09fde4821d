import type { Environment } from '../../server/src/cli/environment.ts';
import { run } from '../../server/src/cli/run.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { nodeFileSystem, saveText } from '../../server/src/nodeFileSystem.ts';
import { openLog } from '../../server/src/nodeLog.ts';
import { rules as allRules } from '../../server/src/rules/index.ts';
import { joinPath } from '../../server/src/text/paths.ts';

export interface CliResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line in this process, on the real disk. */
export async function runCli(
  cwd: string,
  argv: readonly string[],
  rules: readonly Rule[] = allRules,
  changed: Partial<Environment> = {},
): Promise<CliResult> {
  let [output, errors] = ['', ''];
  const code = await run(
    {
      argv,
      cwd,
      fileSystem: nodeFileSystem,
      saveText,
      toCorePath: (path) => joinPath(cwd, path),
      readPage: async () => undefined,
      openLog: (path) => openLog(joinPath(cwd, path)),
      write: (text) => {
        output += text;
      },
      writeError: (text) => {
        errors += text;
      },
      isTTY: false,
      columns: undefined,
      isErrorTTY: false,
      variables: {},
      version: '1.2.3',
      ...changed,
    },
    rules,
  );
  return { code, output, errors };
}
