import type { SmallScenario } from '../scenario.ts';
import { callScenarios } from './calls.ts';
import { cleanupScenarios } from './cleanup.ts';
import { drainScenarios } from './drain.ts';
import { registrationScenarios } from './registration.ts';

/** All rows of the table, in their order. */
export const smallScenarios: readonly SmallScenario[] = [
  ...registrationScenarios,
  ...callScenarios,
  ...drainScenarios,
  ...cleanupScenarios,
];
