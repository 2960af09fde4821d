import type { Rule } from '../engine/types.ts';
import { acceptsRequestsWhileDraining } from './accepts-requests-while-draining.ts';
import { auditLogNotFlushed } from './audit-log-not-flushed.ts';
import { cleanupBeforeDrain } from './cleanup-before-drain.ts';
import { commandIgnored } from './command-ignored.ts';
import { competingSignalHandlers } from './competing-signal-handlers.ts';
import { credentialsNotCleared } from './credentials-not-cleared.ts';
import { deadlineArmedTooLate } from './deadline-armed-too-late.ts';
import { drainCountsSessions } from './drain-counts-sessions.ts';
import { entrypointScriptWithoutExec } from './entrypoint-script-without-exec.ts';
import { exitInToolCall } from './exit-in-tool-call.ts';
import { gracePeriodTooShort } from './grace-period-too-short.ts';
import { gracePeriodUnused } from './grace-period-unused.ts';
import { handlerRegisteredRepeatedly } from './handler-registered-repeatedly.ts';
import { healthCheckStaysHealthy } from './health-check-stays-healthy.ts';
import { immediateExit } from './immediate-exit.ts';
import { inFlightCallsDropped } from './in-flight-calls-dropped.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { malformedExecForm } from './malformed-exec-form.ts';
import { missingPreStopDelay } from './missing-pre-stop-delay.ts';
import { missingSigintHandler } from './missing-sigint-handler.ts';
import { missingSigtermHandler } from './missing-sigterm-handler.ts';
import { packageManagerAsPid1 } from './package-manager-as-pid-1.ts';
import { reentrantShutdown } from './reentrant-shutdown.ts';
import { resourceNotClosed } from './resource-not-closed.ts';
import { shellFormCommand } from './shell-form-command.ts';
import { signalSwallowed } from './signal-swallowed.ts';
import { stdinCloseIgnored } from './stdin-close-ignored.ts';
import { telemetryNotFlushed } from './telemetry-not-flushed.ts';
import { toolIgnoresCancellation } from './tool-ignores-cancellation.ts';
import { unawaitedCleanup } from './unawaited-cleanup.ts';
import { unboundedShutdown } from './unbounded-shutdown.ts';
import { uncatchableSignal } from './uncatchable-signal.ts';
import { uncatchableStopSignal } from './uncatchable-stop-signal.ts';
import { unguardedCleanup } from './unguarded-cleanup.ts';
import { unhandledStopSignal } from './unhandled-stop-signal.ts';
import { unreachableCleanup } from './unreachable-cleanup.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { vaultLeaseNotRevoked } from './vault-lease-not-revoked.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [
  missingSigtermHandler,
  missingSigintHandler,
  immediateExit,
  unawaitedCleanup,
  inFlightCallsDropped,
  cleanupBeforeDrain,
  drainCountsSessions,
  signalSwallowed,
  unboundedShutdown,
  deadlineArmedTooLate,
  unguardedCleanup,
  reentrantShutdown,
  acceptsRequestsWhileDraining,
  healthCheckStaysHealthy,
  competingSignalHandlers,
  unreachableCleanup,
  stdinCloseIgnored,
  toolIgnoresCancellation,
  handlerRegisteredRepeatedly,
  uncatchableSignal,
  exitInToolCall,
  resourceNotClosed,
  auditLogNotFlushed,
  telemetryNotFlushed,
  vaultLeaseNotRevoked,
  credentialsNotCleared,
  shellFormCommand,
  malformedExecForm,
  packageManagerAsPid1,
  commandIgnored,
  uncatchableStopSignal,
  entrypointScriptWithoutExec,
  unhandledStopSignal,
  gracePeriodTooShort,
  missingPreStopDelay,
  gracePeriodUnused,
  unusedSuppression,
  invalidConfiguration,
];
