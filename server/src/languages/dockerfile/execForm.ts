import { readBrokenArray } from './brokenArray.ts';
import type { CommandForm } from './facts.ts';

/** How Docker takes the argument of a CMD or ENTRYPOINT, and the strings of an array. */
export function formOf(text: string): { readonly form: CommandForm; readonly argv?: readonly string[] } {
  const argv = stringArray(text);
  if (argv) return { form: 'exec', argv };
  return { form: readBrokenArray(text) ? 'malformed-exec' : 'shell' };
}

/** The strings of a JSON array of nothing but strings, or `undefined`. */
export function stringArray(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
