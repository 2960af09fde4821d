import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { Step } from '../../project/shutdown/steps.ts';

/** A handler, and what in it ends the calls too early, if anything does. */
export interface Ending {
  readonly one: AssessedPath;
  readonly step: Step | undefined;
}
