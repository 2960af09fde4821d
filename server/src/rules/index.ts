import type { Rule } from '../engine/types.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [];
