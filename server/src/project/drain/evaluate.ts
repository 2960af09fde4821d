import type { Expr, Statement, ValuePart } from '../../languages/source/facts.ts';
import { isBlock, partsOf } from '../../languages/source/walk.ts';
import { callsOf } from '../callers.ts';
import { classOfThis, parameterProperty, storedIn } from '../classState.ts';
import { enter, type Frame, frameOf, through, valuesIn } from '../shutdown/frame.ts';
import { functionsOf, isGlobal } from '../value.ts';
import type { Values } from '../values.ts';
import { type Amount, combine, either, limited, nothing, plain } from './amount.ts';

const maxDepth = 24;
/** How many expressions one question may lead to. */
const maxSteps = 400;

const clocks = ['Date.now', 'performance.now', 'process.uptime'];
const conversions =
  /^(Number|parseInt|parseFloat|Number\.(parseInt|parseFloat)|Math\.(round|floor|ceil|trunc|abs))$/;

/**
 * Follows an expression to the number that it holds, over constants, arithmetic, parameters, properties, other files
 * and the environment. The time of now counts as 0, so that `Date.now() + 5000` is 5000.
 */
export class Evaluator {
  private steps = 0;

  constructor(private readonly values: Values) {}

  amount(expr: Expr | undefined, frame: Frame): Amount | undefined {
    this.steps = 0;
    return expr && this.of(expr, frame, 0);
  }

  /** Whether an expression reads a clock, directly or through a variable. */
  readsClock(expr: Expr, frame: Frame, depth = 0): boolean {
    if (depth > 6) return false;
    const seen = through(expr, frame);
    const { expr: at } = seen;
    if (at.kind === 'binary')
      return [at.left, at.right].some((side) => this.readsClock(side, seen.frame, depth + 1));
    if (at.kind === 'call') {
      if (this.isClock(at.callee, seen.frame)) return true;
      return functionsOf(valuesIn(at.callee, seen.frame, this.values)).some((ref) => {
        const returned = this.returnsOf(ref.path, ref.fn);
        return returned.some((value) => this.readsClock(value, { ...seen.frame, ...ref }, depth + 1));
      });
    }
    if (at.kind !== 'name' || at.binding < 0) return false;
    const binding = this.values.program.facts(seen.frame.path)?.bindings[at.binding];
    const [only, ...others] = binding?.values ?? [];
    if (!binding || !only || others.length > 0 || only.part.length > 0) return false;
    return this.readsClock(only.expr, { ...seen.frame, fn: binding.owner }, depth + 1);
  }

  private of(expr: Expr, frame: Frame, depth: number): Amount | undefined {
    this.steps += 1;
    if (depth > maxDepth || this.steps > maxSteps) return undefined;
    const seen = through(expr, frame);
    const at = seen.expr;
    const inner = (next: Expr) => this.of(next, seen.frame, depth + 1);
    switch (at.kind) {
      case 'literal':
        return plain(at, seen.frame.path);
      case 'await':
        return inner(at.operand);
      case 'assign':
        return inner(at.value);
      case 'unary':
        return at.operator === '+' ? inner(at.operand) : undefined;
      case 'binary': {
        const [left, right] = [inner(at.left), inner(at.right)];
        return left && right && combine(at.operator, left, right, at, seen.frame.path);
      }
      case 'choice':
        if (at.operator === '&&') return inner(at.whenTrue) ?? inner(at.whenFalse);
        return either([inner(at.whenTrue), inner(at.whenFalse)]);
      case 'call':
        return this.call(at, seen.frame, depth);
      case 'name':
        return this.name(at, seen.frame, depth);
      case 'member':
        return this.member(at.object, at.property, at, seen.frame, depth);
      case 'index': {
        const { index } = at;
        const key = index.kind === 'literal' && typeof index.value === 'string' ? index.value : undefined;
        return key === undefined ? undefined : this.member(at.object, key, at, seen.frame, depth);
      }
      default:
        return undefined;
    }
  }

  private call(call: Extract<Expr, { kind: 'call' }>, frame: Frame, depth: number): Amount | undefined {
    const { callee, args } = call;
    const callees = valuesIn(callee, frame, this.values);
    const name = callees[0]?.kind === 'foreign' && callees[0].module === '' ? callees[0].member : '';
    if (this.isClock(callee, frame)) return { ...nothing(call, frame.path), ms: 0 };
    if (conversions.test(name)) return args[0] && this.of(args[0], frame, depth + 1);
    if (/^Math\.(min|max)$/.test(name)) {
      const amounts = args.flatMap((argument) => this.of(argument, frame, depth + 1) ?? []);
      return amounts.length === args.length ? limited(amounts, name === 'Math.min') : undefined;
    }
    const [ref, ...others] = functionsOf(callees);
    const fact = ref && this.values.program.functionAt(ref.path, ref.fn);
    if (!ref || !fact || others.length > 0) return undefined;
    const inside = enter(ref, fact, args, frame);
    return either(this.returnsOf(ref.path, ref.fn).map((value) => this.of(value, inside, depth + 1)));
  }

  private name(expr: Extract<Expr, { kind: 'name' }>, frame: Frame, depth: number): Amount | undefined {
    const { path } = frame;
    // `limit = Infinity`: no limit of its own, beside which another one holds.
    if (expr.binding < 0 && expr.name === 'Infinity') return { ...nothing(expr, path), ms: Infinity };
    const binding = this.values.program.facts(path)?.bindings[expr.binding];
    if (!binding) return undefined;
    if (binding.imported) {
      const { specifier, name } = binding.imported;
      const target = this.values.program.resolve(specifier, path);
      if (target.kind !== 'file') return undefined;
      const exported = this.exported(target.path, name, 0);
      return exported && this.of(exported.expr, frameOf({ path: exported.path, fn: 0 }), depth + 1);
    }
    const given = binding.values.map(({ expr: value, part }) =>
      this.part(value, part, { ...frame, fn: binding.owner }, depth + 1),
    );
    if (binding.kind === 'parameter') given.unshift(...this.passed(path, binding.owner, expr.binding, depth));
    return either(given);
  }

  /** What the callers of a function pass for a parameter, where this walk did not come through one of them. */
  private passed(path: string, fn: number, binding: number, depth: number): (Amount | undefined)[] {
    const { program } = this.values;
    const parameters = program.functionAt(path, fn)?.parameters ?? [];
    const index = parameters.findIndex(({ bindings }) => bindings.includes(binding));
    const parameter = parameters[index];
    if (!parameter || parameter.isRest) return [];
    const part = parameter.parts[parameter.bindings.indexOf(binding)] ?? [];
    return callsOf(path, fn, program, this.values).map((site) => {
      const argument = site.call.args[index];
      return argument && this.part(argument, part, frameOf(site), depth + 1);
    });
  }

  private part(expr: Expr, parts: readonly ValuePart[], frame: Frame, depth: number): Amount | undefined {
    const [first, ...rest] = parts;
    if (!first) return this.of(expr, frame, depth);
    if (first.kind !== 'property' || rest.length > 0) return undefined;
    return this.member(expr, first.name, expr, frame, depth);
  }

  private member(
    object: Expr,
    property: string,
    whole: Expr,
    frame: Frame,
    depth: number,
  ): Amount | undefined {
    if (depth > maxDepth) return undefined;
    const objects = valuesIn(object, frame, this.values);
    if (objects.some((value) => isGlobal(value, 'process.env'))) {
      return { ...nothing(whole, frame.path), variable: { name: property, factor: 1, offset: 0 } };
    }
    const found = objects.flatMap((value): (Amount | undefined)[] => {
      if (value.kind === 'object' && value.expr.kind === 'object') {
        const own = value.expr.properties.filter(({ key }) => key === property);
        const inside = { ...frame, path: value.path, fn: value.fn };
        return own.map((entry) => this.of(entry.value, inside, depth + 1));
      }
      if (value.kind === 'module') {
        const exported = this.exported(value.path, property, 0);
        return [exported && this.of(exported.expr, frameOf({ path: exported.path, fn: 0 }), depth + 1)];
      }
      return value.kind === 'instance' ? this.field(value.path, value.cls, property, depth) : [];
    });
    if (found.length > 0 || object.kind !== 'this') return either(found);
    const facts = this.values.program.facts(frame.path);
    return facts && either(this.field(frame.path, classOfThis(facts, frame.fn), property, depth));
  }

  private field(path: string, cls: number, name: string, depth: number): (Amount | undefined)[] {
    const facts = this.values.program.facts(path);
    if (!facts) return [];
    const stored = storedIn(facts, cls, name).map(({ expr, fn }) =>
      this.of(expr, frameOf({ path, fn }), depth + 1),
    );
    const parameter = parameterProperty(facts, cls, name);
    const owner = parameter === undefined ? undefined : facts.bindings[parameter];
    if (owner && parameter !== undefined) {
      stored.push(...this.passed(path, owner.owner, parameter, depth + 1));
      stored.push(
        ...owner.values.map(({ expr }) => this.of(expr, frameOf({ path, fn: owner.owner }), depth + 1)),
      );
    }
    return stored;
  }

  private exported(path: string, name: string, hops: number): { path: string; expr: Expr } | undefined {
    const facts = this.values.program.facts(path);
    if (!facts || hops > 8) return undefined;
    for (const fact of facts.exports) {
      if (fact.kind === 'value' && fact.name === name) return { path, expr: fact.value };
      if (fact.kind === 'value' || (fact.kind === 'from' && fact.name !== name)) continue;
      const target = this.values.program.resolve(fact.specifier, path);
      const inner = fact.kind === 'from' ? fact.imported : name;
      const found = target.kind === 'file' ? this.exported(target.path, inner, hops + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private isClock(callee: Expr, frame: Frame): boolean {
    return valuesIn(callee, frame, this.values).some((value) =>
      clocks.some(
        (clock) =>
          isGlobal(value, clock) ||
          (value.kind === 'foreign' && value.module === 'perf_hooks' && value.member === clock),
      ),
    );
  }

  private returnsOf(path: string, fn: number): Expr[] {
    return returned(this.values.program.functionAt(path, fn)?.statements ?? []);
  }
}

function returned(statements: readonly Statement[]): Expr[] {
  return statements.flatMap((statement): Expr[] => {
    if (statement.kind === 'return') return statement.value ? [statement.value] : [];
    return partsOf(statement).flatMap((part) => (isBlock(part) ? returned(part) : []));
  });
}
