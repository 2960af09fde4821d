import type { GraceBudget, Spans, StopSignal } from '../project/deployments/budgets.ts';
import type { DrainTimeout } from '../project/drainTimeout.ts';
import type { LinkedDeployment } from '../project/project.ts';
import type { McpServer } from '../project/server.ts';
import type { Reaction } from './reaction.ts';
import type { Part } from './segments.ts';
import type { Source } from './timeline.ts';

/** What a timeline is made of; a budget, or what stands in for one. */
export interface Plan extends Spans {
  readonly server: McpServer;
  readonly deployment: LinkedDeployment | undefined;
  readonly stoppedBy: string;
  readonly signal: StopSignal;
  readonly signalSource: Source;
  /** What comes before the signal. */
  readonly before: readonly Part[];
  readonly killSource: Source;
  readonly drain: GraceBudget['drain'];
  readonly forcedExit: DrainTimeout | undefined;
  /** The drain timeout of the settings, in ms. */
  readonly drainSettingMs: number | undefined;
  /** What happens instead, whatever the handler's times are. */
  readonly instead: Reaction | undefined;
  /** What should be left behind the drain, in ms. */
  readonly marginMs: number;
}
