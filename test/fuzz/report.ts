import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FuzzInput } from './inputs.ts';
import { readFolder } from './seeds.ts';

/** Two problems are one defect when only numbers and what lies deep in the stack differ. */
export function signatureOf(problem: string): string {
  return problem
    .split('\n')
    .slice(0, 3)
    .join(' ')
    .replace(/\d+/g, '#')
    .replace(/"[^"]*"/g, '""')
    .slice(0, 300);
}

/** Keeps an input, the well-formed project and the changed text apart, so that it can be run again as it is. */
export function saveInput(folder: string, input: FuzzInput, problems: readonly string[]): void {
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // UTF-16: lone surrogates would not survive UTF-8.
    writeFileSync(join(folder, path), text, path === textName ? 'utf16le' : 'utf8');
  };
  for (const [path, text] of input.before) write(join('project', path), text);
  write(textName, input.text);
  write('problems.txt', problems.join('\n\n'));
  write(
    'input.json',
    JSON.stringify({ description: input.description, path: input.path, variant: input.variant }),
  );
}

/** An input as `saveInput` wrote it. */
export function readInput(folder: string): FuzzInput {
  const { description, path, variant } = JSON.parse(readFileSync(join(folder, 'input.json'), 'utf8'));
  const text = readFileSync(join(folder, textName), 'utf16le');
  return { description, path, text, variant, before: readFolder(join(folder, 'project')) };
}

const textName = 'text.utf16';
