import type { Expr } from '../../languages/source/facts.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { isOfTheModule, isPlain } from './expressions.ts';
import type { Passed } from './way.ts';

/** The object whose methods take something, as the function that gives it back has it. */
export interface Holder {
  /** What stands in front of a method: `vault.`, `client?.` */
  readonly prefix: string;
  /** The same, where it has to be noted with each: a field, a variable of a function, one of several. */
  readonly passed: readonly Passed[];
}

/**
 * @param method what is called of it, as a member of an object's type
 * @returns `undefined` where it is made anew by the expression
 */
export function holderOf(
  takes: readonly VaultTake[],
  { file, facts }: PlannedFile,
  method: string,
): Holder | undefined {
  const objects = takes.map(objectOf);
  const [first] = objects;
  if (!first || !objects.every((object) => object && isPlain(object))) return undefined;
  const isOne = objects.every((object) => isSame(object, first));
  if (isOne && first.kind === 'name' && isOfTheModule(first, facts)) {
    const isAlways = facts.bindings[first.binding]?.kind !== 'let';
    return { prefix: `${first.name}${isAlways ? '' : '?'}.`, passed: [] };
  }
  const of = (take: VaultTake) => {
    const { start = 0, end = 0 } = objectOf(take) ?? {};
    return file.text.slice(start, end);
  };
  return { prefix: 'vault.', passed: [{ name: 'vault', type: `{ ${method} }`, of }] };
}

function objectOf({ call: { callee } }: VaultTake): Expr | undefined {
  return callee.kind === 'member' ? callee.object : undefined;
}

function isSame(a: Expr | undefined, b: Expr): boolean {
  return a?.kind === 'name' && b.kind === 'name' && a.binding === b.binding && a.name === b.name;
}
