import type { Rule } from '../engine/types.ts';
import { auditLogNotFlushed } from './audit-log-not-flushed.ts';
import { commandIgnored } from './command-ignored.ts';
import { entrypointScriptWithoutExec } from './entrypoint-script-without-exec.ts';
import { exitInToolCall } from './exit-in-tool-call.ts';
import { gracePeriodTooShort } from './grace-period-too-short.ts';
import { gracePeriodUnused } from './grace-period-unused.ts';
import { handlerRegisteredRepeatedly } from './handler-registered-repeatedly.ts';
import { immediateExit } from './immediate-exit.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { malformedExecForm } from './malformed-exec-form.ts';
import { missingPreStopDelay } from './missing-pre-stop-delay.ts';
import { missingSigtermHandler } from './missing-sigterm-handler.ts';
import { packageManagerAsPid1 } from './package-manager-as-pid-1.ts';
import { resourceNotClosed } from './resource-not-closed.ts';
import { shellFormCommand } from './shell-form-command.ts';
import { telemetryNotFlushed } from './telemetry-not-flushed.ts';
import { toolIgnoresCancellation } from './tool-ignores-cancellation.ts';
import { uncatchableSignal } from './uncatchable-signal.ts';
import { uncatchableStopSignal } from './uncatchable-stop-signal.ts';
import { unhandledStopSignal } from './unhandled-stop-signal.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [
  missingSigtermHandler,
  immediateExit,
  toolIgnoresCancellation,
  handlerRegisteredRepeatedly,
  uncatchableSignal,
  exitInToolCall,
  resourceNotClosed,
  auditLogNotFlushed,
  telemetryNotFlushed,
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
