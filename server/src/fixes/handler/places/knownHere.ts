import type { Binding } from '../../../languages/source/facts.ts';
import type { HeldResource } from '../../../project/resources/resource.ts';
import type { Values } from '../../../project/values.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';

/**
 * The variable by which a file knows a resource of another one, whatever that is called there, if it is called anything:
 * `import log from './log.js'`, `const { pool } = require('./database')`.
 */
export function knownHere(
  { path, call, keeper }: HeldResource,
  { file, facts }: PlannedFile,
  values: Values,
): Binding | undefined {
  if (path === file.path) return undefined;
  const made = keeper ?? call;
  return facts.bindings.find(({ id, name, range, kind, owner }) => {
    if (owner !== 0 || (kind !== 'import' && kind !== 'const')) return false;
    const [value, ...others] = values.of({ ...range, kind: 'name', name, binding: id }, file.path, 0);
    return (
      others.length === 0 &&
      value?.kind === 'foreign' &&
      value.made?.expr === made &&
      // Not what is read from it: `const { info } = require('./log')`.
      value.member.endsWith('()')
    );
  });
}
