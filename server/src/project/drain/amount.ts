import type { Expr } from '../../languages/source/facts.ts';
import type { Range } from '../../text/range.ts';

/** A time that the code waits, and where it comes from. */
export interface Amount {
  /** In ms where the environment sets nothing; `undefined` where there is no default. */
  readonly ms: number | undefined;
  /** Where the number stands, or the closest to it that is known. */
  readonly path: string;
  readonly range: Range;
  /** The number stands there as it is, in ms, and nothing else is done to it. */
  readonly isPlain: boolean;
  /** The environment variable that sets it: ms = `factor` times its value + `offset`. */
  readonly variable: { readonly name: string; readonly factor: number; readonly offset: number } | undefined;
}

/** The amount where the environment is known: `undefined` for a variable without a value that can be known. */
export function amountIn(
  { ms, variable }: Amount,
  environment: (name: string) => { readonly value: string | undefined } | undefined,
): number | undefined {
  const set = variable && environment(variable.name);
  if (!set) return ms;
  if (set.value === undefined) return undefined;
  const value = /^\s*\d+(\.\d+)?\s*$/.test(set.value) ? Number(set.value) : Number.NaN;
  // What the code makes of a value that is no number is its own business; most take the default.
  return Number.isNaN(value) ? ms : variable.factor * value + variable.offset;
}

/** Arithmetic on amounts; a sum or product of two variables is not known. */
export function combine(
  operator: string,
  a: Amount,
  b: Amount,
  expr: Expr,
  path: string,
): Amount | undefined {
  const resultOf = (result: number | undefined, of: Amount): Amount => ({
    ...of,
    ms: result,
    isPlain: false,
    ...(a.variable || b.variable ? {} : { path, range: { start: expr.start, end: expr.end } }),
  });
  // The time of now, to which or from which something is counted.
  if (operator === '+' && isNow(a)) return b;
  if ((operator === '+' || operator === '-') && isNow(b)) return a;
  if (a.variable && b.variable) return undefined;
  const [one, other] = a.variable ? [a, b] : [b, a];
  if (other.ms === undefined) return undefined;
  const calculated = one.ms === undefined ? undefined : calculate(operator, a.ms!, b.ms!);
  const { variable } = one;
  if (!variable) return calculated === undefined ? undefined : resultOf(calculated, one);
  const isLeft = one === a;
  if (operator === '*' || (operator === '/' && isLeft && other.ms !== 0)) {
    const by = operator === '*' ? other.ms : 1 / other.ms;
    const scaled = { ...variable, factor: variable.factor * by, offset: variable.offset * by };
    return { ...resultOf(calculated, one), variable: scaled };
  }
  if (operator === '+' || (operator === '-' && isLeft)) {
    const added = operator === '+' ? other.ms : -other.ms;
    return { ...resultOf(calculated, one), variable: { ...variable, offset: variable.offset + added } };
  }
  return undefined;
}

function isNow({ ms, isPlain, variable }: Amount): boolean {
  return ms === 0 && !isPlain && !variable;
}

function calculate(operator: string, a: number, b: number): number | undefined {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return operator === '/' && b !== 0 ? a / b : undefined;
}

/** An amount of which no more than its place is known. */
export function nothing({ start, end }: Expr, path: string): Amount {
  return { ms: undefined, path, range: { start, end }, isPlain: false, variable: undefined };
}

/** The amount that a literal is; `undefined` for one that is no number. */
export function plain(expr: Extract<Expr, { kind: 'literal' }>, path: string): Amount | undefined {
  const { value } = expr;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return { ...nothing(expr, path), ms: number, isPlain: typeof value === 'number' };
}

/** One of several ways to a number: that of the environment, with the number beside it as the default; else the largest. */
export function either(amounts: readonly (Amount | undefined)[]): Amount | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  const largest = known
    .filter(({ ms }) => ms !== undefined)
    .reduce<Amount | undefined>((most, next) => ((next.ms ?? 0) > (most?.ms ?? -1) ? next : most), undefined);
  const variable = known.find((amount) => amount.variable)?.variable;
  if (!variable) return largest;
  const own = known.find((amount) => amount.variable)!;
  if (own.ms !== undefined || !largest) return own;
  // The default stands beside the variable and is scaled with it later, if at all.
  return { ...largest, variable };
}

/** `Math.min` or `Math.max` of some amounts. */
export function limited(amounts: readonly Amount[], isMin: boolean): Amount | undefined {
  const known = amounts.filter(({ ms }) => ms !== undefined);
  const [first] = known;
  const variable = amounts.find((amount) => amount.variable)?.variable;
  if (!first) return amounts[0];
  const chosen = known.reduce((best, next) => (isMin === next.ms! < best.ms! ? next : best), first);
  // A bound on a variable holds for what the environment sets, too; that is rare, and left to the default.
  return variable && chosen.variable === undefined && amounts.some(({ ms }) => ms === undefined)
    ? { ...chosen, variable }
    : chosen;
}
