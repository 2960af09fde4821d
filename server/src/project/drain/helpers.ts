import { calleeRange } from '../../languages/source/walk.ts';
import type { Execution } from '../execution.ts';
import type { CallExpr } from '../program.ts';
import { frameOf } from '../shutdown/frame.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { Evaluator } from './evaluate.ts';
import type { TimeOnTheWay } from './walk.ts';

/** Packages that force the exit after a time, where their options set it, and what it is otherwise in ms. */
const helpers: Readonly<
  Record<string, { readonly argument: number; readonly option: string; readonly ms: number }>
> = {
  'close-with-grace': { argument: 0, option: 'delay', ms: 10_000 },
  'http-graceful-shutdown': { argument: 1, option: 'timeout', ms: 30_000 },
  '@godaddy/terminus': { argument: 1, option: 'timeout', ms: 1_000 },
  lightship: { argument: 0, option: 'gracefulShutdownTimeout', ms: 60_000 },
};

/** The deadlines of the helper packages that a server's live code calls. */
export function helperDeadlines({ live, packages }: Execution, values: Values): TimeOnTheWay[] {
  const used = Object.keys(helpers).filter((name) => packages.has(name));
  if (used.length === 0) return [];
  return [...live].flatMap(([path, functions]) =>
    [...functions].flatMap((fn) =>
      values.program.callsIn(path, fn).flatMap((call) => deadlineOf(call, { path, fn }, used, values)),
    ),
  );
}

function deadlineOf(
  call: CallExpr,
  ref: FunctionRef,
  used: readonly string[],
  values: Values,
): TimeOnTheWay[] {
  const callee = values
    .of(call.callee, ref.path, ref.fn)
    .find((value) => value.kind === 'foreign' && used.includes(value.module) && !value.member.includes('()'));
  if (callee?.kind !== 'foreign') return [];
  const { argument, option, ms } = helpers[callee.module]!;
  const options = call.args[argument];
  const [set] = (options ? values.of(options, ref.path, ref.fn) : []).flatMap((value) =>
    value.kind === 'object' && value.expr.kind === 'object'
      ? value.expr.properties.filter(({ key }) => key === option).map((property) => ({ property, at: value }))
      : [],
  );
  const range = calleeRange(call);
  const usual = { ms, path: ref.path, range, isPlain: false, variable: undefined };
  if (!set) return [{ kind: 'deadline', amount: usual }];
  const amount = new Evaluator(values).amount(set.property.value, frameOf(set.at));
  return amount ? [{ kind: 'deadline', amount }] : [];
}
