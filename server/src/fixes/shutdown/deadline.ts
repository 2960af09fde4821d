import type { Fix } from '../../engine/types.ts';
import { defaultDrainMs } from '../../project/deployments/budgets.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isOverBefore } from '../../project/shutdown/order.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { FunctionRef } from '../../project/value.ts';
import type { FileEdits } from '../../text/edits.ts';
import { type HandlerCode, handlerCode, linesBefore, statementOf } from './handlerCode.ts';
import { firstToHang } from './hanging.ts';
import { workOf } from './work.ts';

/** What closing may take once the calls are done. */
const closingMs = 3_000;

/** Arms a timer that exits, in front of the first step that may hang. */
export function armDeadline(project: Project, one: AssessedPath, unlimited: Step, ruleId: string): Fix[] {
  const armed = deadlineEdits(project, one, unlimited);
  if (!armed) return [];
  const { seconds, edits } = armed;
  // How long closing may take is for a person to say.
  const title = `Force the exit after ${seconds} s`;
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits }];
}

/** `undefined` where there is no room for a timer in front of the step and all that may hang before it. */
export function deadlineEdits(
  project: Project,
  { path, server }: AssessedPath,
  unlimited: Step,
): { readonly seconds: number; readonly edits: FileEdits } | undefined {
  const hanging = firstToHang(path.view, unlimited);
  const at = placeFor(project, workOf(project, path), hanging) ?? placeInCallers(project, hanging);
  if (!at || at.code.facts.bindings.some(isShadowing)) return undefined;
  const hasWaited = path.view.drains.some(({ step }) => isOverBefore(step, hanging));
  const delay = hasWaited ? closingMs : defaultDrainMs(project, server) + closingMs;
  const { code, before } = at;
  const edit = linesBefore(
    code,
    before,
    `// If something below hangs: end before the platform kills the process.
setTimeout(() => process.exit(1), ${withSeparators(delay)}).unref();`,
  );
  return edit && { seconds: delay / 1_000, edits: new Map([[code.path, [edit]]]) };
}

interface PlaceOfTimer {
  readonly code: HandlerCode;
  readonly before: { readonly start: number };
}

function placeFor(project: Project, ref: FunctionRef, hanging: Step): PlaceOfTimer | undefined {
  const code = handlerCode(project, ref);
  const before = code && statementOf(code, hanging);
  return code && before && linesBefore(code, before, '') ? { code, before } : undefined;
}

/** The outermost function on the way to a step in which there is room. */
function placeInCallers(project: Project, hanging: Step): PlaceOfTimer | undefined {
  for (const spot of [...hanging.via, hanging.spot]) {
    const found = placeFor(project, spot, hanging);
    if (found) return found;
  }
  return undefined;
}

/** `import { setTimeout } from 'node:timers/promises'` calls nothing back. */
function isShadowing({ name, imported }: { name: string; imported: unknown }): boolean {
  return name === 'setTimeout' || (name === 'process' && imported === undefined);
}

function withSeparators(ms: number): string {
  return String(ms).replace(/\B(?=(\d{3})+$)/g, '_');
}
