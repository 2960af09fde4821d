import type { Directive } from '../directives.ts';
import { hashDirectives } from '../hashComments.ts';
import type { ShellScript } from './ast.ts';
import { parseShellCommand } from './parse.ts';
import { baseName, isShellName } from './programs.ts';

/** A shell script file. Offsets are those of its text. */
export interface ShellFacts {
  /** The shell's name in the `#!` line (`bash`), `sh` without one; `undefined` where something else runs the file. */
  readonly interpreter: string | undefined;
  readonly script: ShellScript;
}

/** Reads a shell script with its suppression comments. Never throws. */
export function parseShellFile(text: string): {
  readonly facts: ShellFacts;
  readonly directives: readonly Directive[];
} {
  const facts = { interpreter: interpreterOf(text), script: parseShellCommand(text) };
  return { facts, directives: hashDirectives(text, []) };
}

/** `#!/usr/bin/env -S bash -e` gives `bash`; supervisors' own shells (`with-contenv bash`) give nothing. */
function interpreterOf(text: string): string | undefined {
  const line = /^\uFEFF?#!\s*([^\r\n]*)/.exec(text)?.[1];
  if (line === undefined) return 'sh';
  const words = line.trim().split(/\s+/);
  if (baseName(words[0]) === 'env') words.shift();
  while (words[0]?.startsWith('-')) words.shift();
  if (baseName(words[0]) === 'busybox') words.shift();
  const name = baseName(words[0]);
  return name !== undefined && isShellName(name) ? name : undefined;
}
