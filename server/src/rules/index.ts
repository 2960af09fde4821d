import type { Rule } from '../engine/types.ts';
import { exitInToolCall } from './exit-in-tool-call.ts';
import { handlerRegisteredRepeatedly } from './handler-registered-repeatedly.ts';
import { uncatchableSignal } from './uncatchable-signal.ts';
import { immediateExit } from './immediate-exit.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { malformedExecForm } from './malformed-exec-form.ts';
import { missingSigtermHandler } from './missing-sigterm-handler.ts';
import { shellFormCommand } from './shell-form-command.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** Every rule, in the order of the documentation. Adding a rule adds one line here. */
export const rules: readonly Rule[] = [
  missingSigtermHandler,
  immediateExit,
  uncatchableSignal,
  handlerRegisteredRepeatedly,
  exitInToolCall,
  shellFormCommand,
  malformedExecForm,
  unusedSuppression,
  invalidConfiguration,
];
