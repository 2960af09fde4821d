import type { Project } from '../../project/project.ts';
import type { ShutdownStep } from '../../project/resources/row.ts';
import type { McpServer } from '../../project/server.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { exportLine, isCommonJs, isEsModule } from '../source/moduleSystem.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { type ExitPlace, placeOfExit, stepAfter } from './exitPlace.ts';
import { linesAtExit } from './linesAtExit.ts';
import { type StepsList, stepAdded, stepsListOf } from './stepsList.ts';

/** A function of a module that the SIGTERM handler is to call before it exits. */
export interface CalledAtExit {
  readonly name: string;
  /** The module that has it, or is given it. */
  readonly owner: PlannedFile;
  readonly step: ShutdownStep;
  /** In a reader's words, for a list of steps. */
  readonly what: string;
  /** The call, `revoke()`, whether it is to be waited for, and comments above it. */
  readonly call: string;
  readonly isAsync: boolean;
  readonly comments: readonly string[];
}

/** Edits by the file's path. */
type Edits = Map<string, readonly TextEdit[]>;

/**
 * The lines in the handler, behind the steps that come before theirs, with the import that they need, and the edits of
 * the module itself. `undefined` where the handler has neither one exit to go in front of nor a list of steps, or the
 * two files do not import in the same way.
 * @param own edits of the module that has the function; the lines that give it to others are added
 */
export function calledAtExit(
  project: Project,
  server: McpServer,
  called: CalledAtExit,
  own: readonly TextEdit[],
): Edits | undefined {
  const place = placeOfSteps(project, server);
  const lines = place && linesAt(place, server, called);
  if (!place || !lines) return undefined;
  const { owner, name } = called;
  if (owner.file.path === place.file.path) return new Map([[owner.file.path, [...own, ...lines]]]);
  const isTaken = place.facts.bindings.some((binding) => binding.name === name);
  if (isTaken || isEsModule(owner) !== isEsModule(place)) return undefined;
  const { joining, lines: imports } = importEdits([{ name, from: owner.file.path }], place);
  return new Map([
    [place.file.path, [...joining, ...addedLines(imports, place), ...lines]],
    [owner.file.path, own],
  ]);
}

/** Where the handler's last steps are written: in front of its exit, or in the list that the full handler is given. */
export function placeOfSteps(project: Project, server: McpServer): ExitPlace | StepsList | undefined {
  return placeOfExit(project, server) ?? stepsListOf(project, server);
}

function linesAt(
  place: ExitPlace | StepsList,
  server: McpServer,
  { step, what, call, isAsync, comments }: CalledAtExit,
): readonly TextEdit[] | undefined {
  if ('list' in place)
    return [stepAdded(place, server, step, { comments, code: `['${what}', () => ${call}]` })];
  const lines = [...comments, `${isAsync ? 'await ' : ''}${call};`];
  return linesAtExit(place, stepAfter(step, place), lines.join('\n'));
}

/** An edit that adds functions at a file's end; `exported` is one of theirs that others are to get. */
export function addedFunctions(
  planned: PlannedFile,
  template: string,
  exported: string | undefined,
): TextEdit {
  const { path, text } = planned.file;
  const style = codeStyleOf(path, text, planned.facts);
  const isLine = exported !== undefined && isCommonJs(planned);
  const code = isLine ? `${template}\n\n${exportLine(exported, planned)}` : template;
  return insertAt(text.replace(/\s+$/, '').length, inStyle(`\n\n${code}`, style));
}
