import type { Rule } from '../engine/types.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [unusedSuppression, invalidConfiguration];
