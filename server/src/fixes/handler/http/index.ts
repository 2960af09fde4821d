import { express } from './express.ts';
import type { HttpFramework } from './framework.ts';

/** The frameworks whose servers can be given a handler; one file each. */
const frameworks: readonly HttpFramework[] = [express];

export function frameworkOf(name: string | undefined): HttpFramework | undefined {
  return frameworks.find((framework) => framework.name === name);
}
