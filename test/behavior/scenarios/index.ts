import { callScenarios, undisturbedScenario } from './calls.ts';
import { cancellingScenarios } from './cancelling.ts';
import { cleanupScenarios } from './cleanup.ts';
import { deadlineScenarios } from './deadline.ts';
import { drainScenarios } from './drain.ts';
import { idleScenarios } from './idle.ts';
import { readingScenarios } from './reading.ts';
import { refusingScenarios } from './refusing.ts';
import type { Scenario } from './scenario.ts';
import { stdioScenarios } from './stdio.ts';

/** All columns of the matrix, in their order. */
export const scenarios: readonly Scenario[] = [
  ...callScenarios,
  ...drainScenarios,
  ...idleScenarios,
  ...readingScenarios,
  ...refusingScenarios,
  ...deadlineScenarios,
  ...cancellingScenarios,
  ...cleanupScenarios,
  ...stdioScenarios,
];

/** Those of the fast core. */
export const coreScenarios = [
  'in-flight',
  'idle',
  'refuses-new',
  'deadline-ignored',
  'eof-in-flight',
  'kept',
];

/** What the module shape of the fix is asked again: its parts are the same, their connections are not. */
export const moduleScenarios = [
  'in-flight',
  'sigterm-repeated',
  'idle',
  'deadline-ignored',
  'cleanup-hangs',
  'eof-in-flight',
];

export { undisturbedScenario };

/** What a server without a handler must fail, or the tests prove nothing. */
export const controlScenario = 'in-flight';
