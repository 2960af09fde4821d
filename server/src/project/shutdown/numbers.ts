import type { Expr } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import type { Values } from '../values.ts';
import { type Frame, through, valuesIn } from './frame.ts';

/**
 * The number that an expression holds: a literal, a constant, arithmetic over them; of `a ?? b` and `a || b` the
 * first that is known, so that a setting read from the environment counts with its default. `undefined` where unknown.
 */
export function numberOf(
  expr: Expr | undefined,
  frame: Frame,
  values: Values,
  depth = 0,
): number | undefined {
  if (!expr || depth > 8) return undefined;
  const of = (inner: Expr | undefined) => numberOf(inner, seen.frame, values, depth + 1);
  const seen = through(expr, frame);
  const at = seen.expr;
  if (at.kind === 'literal') return typeof at.value === 'number' ? at.value : numeric(at.value);
  if (at.kind === 'binary') return calculated(at.operator, of(at.left), of(at.right));
  if (at.kind === 'choice') return of(at.whenTrue) ?? of(at.whenFalse);
  if (at.kind === 'call') {
    const name = writtenName(at.callee);
    if (/^(Number|parseInt|parseFloat|toInt|coerce)$/.test(name)) return of(at.args[0]);
    if (/^(min|max)$/.test(name)) {
      const numbers = at.args.map(of).filter((value) => value !== undefined);
      return numbers.length === at.args.length ? Math[name as 'min' | 'max'](...numbers) : undefined;
    }
  }
  if (at.kind === 'name' && at.binding >= 0) {
    const binding = values.program.facts(seen.frame.path)?.bindings[at.binding];
    const [only, ...others] = binding?.values ?? [];
    if (binding?.kind === 'const' && only && others.length === 0 && only.part.length === 0)
      return numberOf(only.expr, { ...seen.frame, fn: binding.owner }, values, depth + 1);
  }
  const found = valuesIn(at, seen.frame, values).flatMap((value) => {
    return value.kind === 'literal' && typeof value.value === 'number' ? [value.value] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

function calculated(
  operator: string,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '*':
      return left * right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '/':
      return right === 0 ? undefined : left / right;
    default:
      return undefined;
  }
}
