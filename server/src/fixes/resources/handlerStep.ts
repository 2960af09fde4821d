import type { TextEdit } from '../../text/edits.ts';
import { isTaken, type Step, type StepsPlace } from '../handler/places/step.ts';
import { isEsModule } from '../source/moduleSystem.ts';
import type { CalledAtExit } from './calledAtExit.ts';

/**
 * The same as `calledAtExit` for a handler that is inserted: a step of its list, with the edits of the module that has
 * the function; none where the two files do not import in the same way, or the name means something else.
 * @param edits of that module; none where it has the function already
 */
export function handlerStep(
  { owner, name, what, call, comments }: CalledAtExit,
  edits: readonly TextEdit[],
  { into }: StepsPlace,
): Step[] {
  const isElsewhere = owner.file.path !== into.file.path;
  if (isElsewhere && (isTaken(name, into) || isEsModule(owner) !== isEsModule(into))) return [];
  const imports = isElsewhere ? [{ name, from: owner.file.path }] : [];
  const insertions = edits.length > 0 ? [{ into: owner, at: { edits }, code: '' }] : [];
  return [{ what, run: call, comments, imports, insertions }];
}
