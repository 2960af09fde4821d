import { parseShellCommand } from '../../languages/shell/parse.ts';
import { startPathOf } from '../../languages/shell/startPath.ts';
import { keepShell } from './keepShell.ts';
import { plainCommand, withoutShell } from './plainCommand.ts';
import type { Rewrite, Start } from './rewrite.ts';
import { windowsRewrite } from './windows.ts';

/**
 * Rewrites a start through a shell so that the program gets the signals: without a shell where the words are plain,
 * else with a shell that the program replaces.
 * @returns `undefined` where no rewrite keeps both the signals and the meaning
 */
export function rewriteStart(start: Start): Rewrite | undefined {
  const { run } = start;
  if (run.behavior === 'windows') return windowsRewrite(start);
  const script = parseShellCommand(run.text);
  const path = startPathOf(script);
  const plain = plainCommand(start, script, path);
  if (plain) return withoutShell(start, plain);
  return run.behavior === 'none' ? undefined : keepShell(start, script, path);
}
