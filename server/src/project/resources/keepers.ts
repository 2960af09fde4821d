import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import { holdersOf } from './holders.ts';
import type { Keeper, ResourceRow } from './row.ts';
import { surroundingsIn } from './surroundings.ts';
import { generalKeepers, isMeant } from './table.ts';

/** The call that makes an owner, and what that is. */
export interface Kept {
  readonly call: CallExpr;
  readonly by: Keeper;
}

/**
 * The call that makes the owner of what `call` opens: one around it (`createLogger({ transports: [new File()] })`),
 * around a mention of its variable or of the list that it is pushed to, or the one that made the object it is added to.
 */
export function keeperOf(call: CallExpr, row: ResourceRow, path: string, values: Values): Kept | undefined {
  const facts = values.program.facts(path);
  if (!facts) return undefined;
  const keepers = row.keeper ? [row.keeper, ...generalKeepers] : generalKeepers;
  for (const { outer, fn: inside } of callsAround(call, facts)) {
    for (const value of values.of(outer, path, inside)) {
      const by = keeperIn(value, keepers);
      if (by) return { call: outer, by };
    }
    if (outer.callee.kind !== 'member' || outer.callee.property !== 'add') continue;
    for (const value of values.of(outer.callee.object, path, inside)) {
      const by = keeperIn(value, keepers);
      const made = value.kind === 'foreign' ? value.made?.expr : undefined;
      if (by && made?.kind === 'call') return { call: made, by };
    }
  }
  return undefined;
}

/** Which of the keepers a value is. */
export function keeperIn(value: Value, keepers: readonly Keeper[]): Keeper | undefined {
  if (value.kind !== 'foreign') return undefined;
  return keepers.find(
    ({ modules, opens }) =>
      modules.includes(value.module) && opens.some((pattern) => isMeant(pattern, value.member)),
  );
}

/** More mentions of a list are not looked through: each of its elements would have to. */
const maxMentions = 50;

/** The calls that get an expression among their arguments: directly, by the variable that holds it, or in a list. */
function callsAround(expr: Expr, facts: SourceFacts): { outer: CallExpr; fn: number }[] {
  const { mentions } = surroundingsIn(facts);
  const named = holdersOf(expr, facts).flatMap((holder) =>
    holder.kind === 'variable' ? (mentions.get(holder.binding) ?? []) : [],
  );
  const direct = [expr, ...named].flatMap((start) => around(start, facts));
  const inLists = direct.flatMap(({ outer: { callee } }) => {
    const isPut = callee.kind === 'member' && /^(push|unshift)$/.test(callee.property);
    const list = isPut && callee.object.kind === 'name' ? mentions.get(callee.object.binding) : undefined;
    return list && list.length <= maxMentions ? list : [];
  });
  return [...direct, ...inLists.flatMap((mention) => around(mention, facts))];
}

function around(expr: Expr, facts: SourceFacts): { outer: CallExpr; fn: number }[] {
  const { of, literals } = surroundingsIn(facts);
  const found: { outer: CallExpr; fn: number }[] = [];
  let inner: Expr | undefined = expr;
  while (inner) {
    const at = of.get(inner);
    if (at?.around.kind === 'expression') {
      const outer = at.around.expr;
      if (outer.kind === 'call' && outer.callee !== inner) found.push({ outer, fn: at.fn });
      inner = outer;
    } else {
      // `pool: async () => new Pool()`: what the function gives is handed over as well.
      const isGiven = at?.around.kind === 'statement' && at.around.statement.kind === 'return';
      inner = isGiven ? literals.get(at.fn) : undefined;
    }
  }
  return found;
}
