import type { Program } from './program.ts';
import { resourcesIn } from './resources/held.ts';
import { type HeldResource, isMissedAtExit } from './resources/resource.ts';
import type { Values } from './values.ts';

export type { HeldResource };

/** What the calls of one function open that an abrupt exit loses or leaves behind. */
export function heldIn(path: string, fn: number, program: Program, values: Values): HeldResource[] {
  return resourcesIn(path, fn, program, values).filter(isMissedAtExit);
}
