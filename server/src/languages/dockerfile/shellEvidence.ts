import type { ShellEvidence } from './facts.ts';
import type { Instruction } from './instructions.ts';

const managerCalls: readonly (readonly [RegExp, 'apt' | 'apk' | 'rpm'])[] = [
  [/\bapt(-get)?\s+(-\S+\s+)*(update|install)\b/, 'apt'],
  [/\bapk\s+(-\S+\s+)*(add|update|upgrade)\b/, 'apk'],
  [/\b(dnf|microdnf|yum|tdnf)\s+(-\S+\s+)*(install|update|upgrade)\b/, 'rpm'],
];

/** A link or copy made at /bin/sh, and Debian's own way to choose another one. */
const replacedByRun =
  /\b(ln|cp|mv|install)\s[^;&|]{0,200}\s(\/usr)?\/bin\/sh(\s|$|[;&|])|dpkg-reconfigure\s[^;&|]{0,200}\bdash\b/;

/** What RUN, COPY and ADD instructions tell of the image's /bin/sh. */
export function shellEvidenceOf(instructions: readonly Instruction[]): ShellEvidence {
  const runs = instructions.filter(({ keyword }) => keyword === 'RUN').map(({ argument }) => argument.text);
  const packageManagers = new Set(
    managerCalls.flatMap(([pattern, name]) => (runs.some((text) => pattern.test(text)) ? [name] : [])),
  );
  const replacesShell =
    runs.some((text) => replacedByRun.test(text)) ||
    instructions.some(({ keyword, argument }) => keyword !== 'RUN' && mayCopyShell(keyword, argument.text));
  return { packageManagers, replacesShell };
}

/** Copies into /bin, or a whole file system of another image into the root. */
function mayCopyShell(keyword: string, argument: string): boolean {
  const words = argument
    .replace(/[[\]",]/g, ' ')
    .trim()
    .split(/\s+/);
  const target = words.at(-1) ?? '';
  if (/^(\/usr)?\/bin(\/|\/sh|\/busybox)?$/.test(target)) return true;
  if (target !== '/' || words.length < 2) return false;
  return (
    keyword === 'ADD' || (words.some((word) => word.startsWith('--from=')) && words.at(-2)!.endsWith('/'))
  );
}
