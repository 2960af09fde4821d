import { run } from '../../server/src/cli/run.ts';
import { rules } from '../../server/src/rules/index.ts';
import { joinPath } from '../../server/src/text/paths.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';
import { type FuzzInput, filesOf } from './inputs.ts';

const formats = ['text', 'json', 'sarif'] as const;

/**
 * Checks the input from the command line, in a format and with fixes or not as its number says.
 * @returns what went wrong: a run that could not end well, or JSON that is none
 */
export async function tryCommandLine(input: FuzzInput, root: string): Promise<string[]> {
  const files = filesOf(input, root);
  const format = formats[input.variant % formats.length]!;
  const fix = input.variant % 2 === 0 ? ['--fix'] : [];
  const argv = ['check', root, '--hints', '--format', format, ...fix];
  let [output, errors] = ['', ''];
  const code = await run(
    {
      argv,
      cwd: root,
      fileSystem: new MemoryFileSystem(files),
      saveText: async (path, before) => {
        if (before !== files[path]) throw new Error(`${path} is not what it was`);
      },
      toCorePath: (path) => joinPath(root, path),
      readPage: async () => undefined,
      openLog: () => Promise.reject(new Error('nobody asked for a log')),
      write: (text) => {
        output += text;
      },
      writeError: (text) => {
        errors += text;
      },
      isTTY: false,
      columns: 80,
      isErrorTTY: false,
      variables: {},
      version: '1.2.3',
    },
    rules,
  );
  const problems = code === 2 ? [`${argv.join(' ')} could not run: ${errors}`] : [];
  if (format !== 'text' && !isJson(output)) problems.push(`${argv.join(' ')} prints no JSON`);
  return problems;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
