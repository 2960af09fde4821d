import type { Rule } from '../engine/types.ts';
import { commandIgnored } from './command-ignored.ts';
import { entrypointScriptWithoutExec } from './entrypoint-script-without-exec.ts';
import { exitInToolCall } from './exit-in-tool-call.ts';
import { gracePeriodTooShort } from './grace-period-too-short.ts';
import { handlerRegisteredRepeatedly } from './handler-registered-repeatedly.ts';
import { toolIgnoresCancellation } from './tool-ignores-cancellation.ts';
import { immediateExit } from './immediate-exit.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { malformedExecForm } from './malformed-exec-form.ts';
import { missingSigtermHandler } from './missing-sigterm-handler.ts';
import { shellFormCommand } from './shell-form-command.ts';
import { uncatchableSignal } from './uncatchable-signal.ts';
import { uncatchableStopSignal } from './uncatchable-stop-signal.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [
  missingSigtermHandler,
  immediateExit,
  toolIgnoresCancellation,
  handlerRegisteredRepeatedly,
  uncatchableSignal,
  exitInToolCall,
  shellFormCommand,
  malformedExecForm,
  commandIgnored,
  uncatchableStopSignal,
  entrypointScriptWithoutExec,
  gracePeriodTooShort,
  unusedSuppression,
  invalidConfiguration,
];
