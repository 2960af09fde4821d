import { baseName, isShellName } from '../../languages/shell/programs.ts';
import type { Start } from './rewrite.ts';

/** Options of sh and bash that make no difference to a single program. */
const harmless = /^(-[euc]+|-[eu]*o|pipefail|errexit|nounset)$/;

/** Whether the shell does nothing but start the command: no login files, no BASH_ENV, no program around it. */
export function isBareShell({ run: { shell }, stage }: Start): boolean {
  const [program, ...options] = shell;
  const name = baseName(program) ?? '';
  if (!/^(sh|ash|dash|bash)$/.test(name) || !options.every((option) => harmless.test(option))) return false;
  return name !== 'bash' || !stage.env.has('BASH_ENV');
}

/** Whether it is a shell that understands `exec` and takes the command text with its last option. */
export function takesExec(shell: readonly string[]): boolean {
  return isShellName(shell[0]) && /^-[a-z]*c$/.test(shell.at(-1) ?? '');
}
