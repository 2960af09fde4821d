import type { Expr, Statement, ValuePart } from '../languages/source/facts.ts';
import { isBlock, partsOf } from '../languages/source/walk.ts';
import { callsOf, listsIteratedBy, promiseAwaitedBy, settlersOf } from './callers.ts';
import { classOfThis } from './classState.ts';
import { Collections } from './collections.ts';
import { elementsOf, propertyOf } from './members.ts';
import { loadedValues } from './moduleValues.ts';
import type { CallExpr, Program } from './program.ts';
import { promised } from './promised.ts';
import { Stores } from './stores.ts';
import { distinct, globalValue, isGlobal, maxValues, type Site, unknown, type Value } from './value.ts';

const maxDepth = 40;
/** How many expressions one question may lead to; real ones lead to a few dozen. */
const maxSteps = 3_000;
/** How many objects inside objects, or classes above classes, are followed for one property. */
const maxNesting = 12;

/**
 * Finds the values of expressions over the whole program. Made for one snapshot; keeps its answers.
 *
 * Comes in two strengths: a plain one that takes parameters for unknown, which is all that reachability needs (a
 * function that is passed on is mentioned where it is passed), and one that also looks at what callers pass.
 */
export class Values {
  private readonly known = new Map<Expr, readonly Value[]>();
  private readonly running = new Set<Expr>();
  private steps = 0;
  private cuts = 0;
  private depth = 0;
  private nesting = 0;
  /** What collections hold; only where parameters are followed. */
  readonly collections: Collections | undefined;
  /** What the program puts into its collections; only where parameters are followed. */
  readonly stores: Stores | undefined;

  /** @param plain given, parameters are followed to the callers, which are found with it, and collections to what is put into them. */
  constructor(
    readonly program: Program,
    private readonly plain?: Values,
  ) {
    this.stores = plain && new Stores(program, plain);
    this.collections = this.stores && new Collections(this, this.stores);
  }

  /** The values of an expression inside function `fn` of a file; never empty, `unknown` among them where not all is known. */
  of(expr: Expr, path: string, fn: number): readonly Value[] {
    // The most common questions have their answer in the text and need no memory.
    if (expr.kind === 'literal' || expr.kind === 'function' || expr.kind === 'class')
      return this.find(expr, path, fn);
    const before = this.known.get(expr);
    if (before) return before;
    if (this.depth === 0) this.steps = 0;
    this.steps += 1;
    if (this.running.has(expr) || this.depth > maxDepth || this.steps > maxSteps) {
      this.cuts += 1;
      return [unknown];
    }
    const cutsBefore = this.cuts;
    this.running.add(expr);
    this.depth += 1;
    const values = distinct(this.find(expr, path, fn));
    this.depth -= 1;
    this.running.delete(expr);
    // What was cut short on the way to another answer is not kept: it would depend on what was asked first.
    if (this.cuts === cutsBefore || this.depth === 0) this.known.set(expr, values);
    return values;
  }

  /** The strings among the values, and whether they are all there is. */
  strings(expr: Expr, path: string, fn: number): { strings: string[]; isComplete: boolean } {
    const values = this.of(expr, path, fn);
    const strings = values.flatMap((v) =>
      v.kind === 'literal' && typeof v.value === 'string' ? [v.value] : [],
    );
    return { strings, isComplete: strings.length === values.length };
  }

  private find(expr: Expr, path: string, fn: number): Value[] {
    const of = (inner: Expr) => this.of(inner, path, fn);
    switch (expr.kind) {
      case 'literal':
        return [{ kind: 'literal', value: expr.value }];
      case 'function':
        return [{ kind: 'function', path, fn: expr.fn }];
      case 'class':
        return [{ kind: 'class', path, cls: expr.cls }];
      case 'array':
      case 'object':
        return [{ kind: expr.kind, path, expr, fn }];
      case 'name':
        return expr.binding < 0 ? [globalValue(expr.name)] : this.ofBinding(expr.binding, path);
      case 'this':
        return this.ofThis(path, fn);
      case 'super':
        return this.ofSuper(path, fn);
      case 'member':
        return of(expr.object).flatMap((object) => this.property(object, expr.property));
      case 'index':
        return of(expr.object).flatMap((object) => this.elements(object));
      case 'await':
        return [...of(expr.operand)];
      case 'assign':
        return [...of(expr.value)];
      case 'choice':
        return [...of(expr.whenTrue), ...of(expr.whenFalse)];
      case 'module':
        return loadedValues(this, expr.specifier, path, expr.how === 'import' ? '*' : 'export=');
      case 'call':
        return this.ofCall(expr, path, fn);
      default:
        return [unknown];
    }
  }

  /** What a name introduced in a file may hold. */
  ofBinding(id: number, path: string): Value[] {
    const facts = this.program.facts(path);
    const binding = facts?.bindings[id];
    if (!facts || !binding) return [unknown];
    if (binding.imported) return loadedValues(this, binding.imported.specifier, path, binding.imported.name);
    // A variable with more values than are kept is unknown; looking at all of them for each use would be quadratic.
    if (binding.values.length > maxValues) return [unknown];
    const values = binding.values.flatMap(({ expr, part }) =>
      this.parts(this.of(expr, path, binding.owner), part),
    );
    if (binding.kind === 'parameter') values.push(...this.passed(path, binding.owner, id));
    else if (binding.kind === 'catch') values.push(unknown);
    return values.length > 0 ? values : [unknown];
  }

  /** A part of some values, as a destructuring pattern takes it. */
  parts(values: readonly Value[], parts: readonly ValuePart[]): Value[] {
    let current = [...values];
    for (const part of parts) {
      current = current.flatMap((value) => {
        if (part.kind === 'property') return this.property(value, part.name);
        return part.kind === 'element' ? this.elements(value) : [unknown];
      });
    }
    return current;
  }

  /** What callers pass for a parameter. */
  private passed(path: string, fn: number, binding: number): Value[] {
    const owner = this.program.functionAt(path, fn);
    if (!owner || !this.plain) return [unknown];
    const index = owner.parameters.findIndex(({ bindings }) => bindings.includes(binding));
    const parameter = owner.parameters[index];
    if (!parameter) return [unknown];
    if (parameter.isRest) return [unknown];
    const part = parameter.parts[parameter.bindings.indexOf(binding)] ?? [];
    const settler = settlersOf(path, fn, this.program)?.[index];
    if (settler) return [settler];
    const values: Value[] = [];
    for (const site of callsOf(path, fn, this.program, this.plain)) {
      const argument = site.call.args[index];
      if (argument) values.push(...this.of(argument, site.path, site.fn));
    }
    if (index === 0) {
      const chained = promiseAwaitedBy(path, fn, this.program);
      if (chained?.call.callee.kind === 'member')
        values.push(...this.of(chained.call.callee.object, path, chained.fn));
      for (const { call, fn: around } of listsIteratedBy(path, fn, this.program)) {
        if (call.callee.kind !== 'member') continue;
        for (const list of this.of(call.callee.object, path, around)) values.push(...this.elements(list));
      }
    }
    return values.length > 0 ? this.parts(values, part) : [unknown];
  }

  private ofThis(path: string, fn: number): Value[] {
    const facts = this.program.facts(path);
    const cls = facts ? classOfThis(facts, fn) : -1;
    return cls >= 0 ? [{ kind: 'instance', path, cls }] : [unknown];
  }

  /** The object as its base class knows it. */
  private ofSuper(path: string, fn: number): Value[] {
    const facts = this.program.facts(path);
    const base = facts?.classes[classOfThis(facts, fn)]?.extends;
    if (!base) return [unknown];
    return this.of(base, path, 0).map((value): Value => {
      if (value.kind === 'class') return { ...value, kind: 'instance' };
      return value.kind === 'foreign' ? { ...value, member: `${value.member}()` } : unknown;
    });
  }

  private ofCall(call: CallExpr, path: string, fn: number): Value[] {
    const callees = this.of(call.callee, path, fn);
    const settled = this.plain && promised(call, callees, path, fn, this);
    if (settled) return settled;
    return callees.flatMap((callee): Value[] => {
      if (callee.kind === 'class' && call.isNew) return [this.instanceOf(callee, { path, fn, expr: call })];
      if (callee.kind === 'function') return this.returned(callee.path, callee.fn);
      if (callee.kind === 'foreign') {
        const bound = callee.member.endsWith('.bind');
        if (bound) return [{ ...callee, member: callee.member.slice(0, -'.bind'.length) }];
        // The elements of an object are the values of its properties.
        const [object] = call.args;
        if (object && isGlobal(callee, 'Object.values')) return [...this.of(object, path, fn)];
        const taken = this.collections?.takenBy(callee);
        if (taken) return taken;
        if (isFromContainer(callee)) return [unknown];
        return [
          {
            kind: 'foreign',
            module: callee.module,
            member: `${callee.member}()`,
            made: { path, fn, expr: call },
          },
        ];
      }
      const bound = this.bound(call, path, fn);
      return bound ? [bound] : this.sameList(call, path, fn);
    });
  }

  /** `list.filter(...)` has elements of the list only. */
  private sameList({ callee }: CallExpr, path: string, fn: number): Value[] {
    if (callee.kind !== 'member' || !/^(filter|slice|reverse|sort|toSorted)$/.test(callee.property))
      return [unknown];
    const lists = this.of(callee.object, path, fn).filter(({ kind }) => kind === 'array');
    return lists.length > 0 ? lists : [unknown];
  }

  /** A framework's own class, seen from its own repository, is known like the package that others install. */
  private instanceOf({ path, cls }: Extract<Value, { kind: 'class' }>, made: Site): Value {
    const framework = this.program.frameworkOf(path);
    const name = this.program.facts(path)?.classes[cls]?.name;
    if (framework && name === framework.mainClass && made.path !== path) {
      return { kind: 'foreign', module: framework.name, member: `${name}()`, made };
    }
    return { kind: 'instance', path, cls };
  }

  /** `f.bind(x)` is `f`. */
  private bound(call: CallExpr, path: string, fn: number): Value | undefined {
    const { callee } = call;
    if (callee.kind !== 'member' || callee.property !== 'bind') return undefined;
    return this.of(callee.object, path, fn).find(({ kind }) => kind === 'function');
  }

  /** What a function's own `return` statements give; `[]` where it has none. */
  returned(path: string, fn: number): Value[] {
    const fact = this.program.functionAt(path, fn);
    if (!fact) return [unknown];
    return returnsOf(fact.statements).flatMap((value) => this.of(value, path, fn));
  }

  /** Objects that spread each other, classes that extend each other (text that is being typed) come to an end. */
  private nested(find: () => Value[]): Value[] {
    if (this.depth === 0 && this.nesting === 0) this.steps = 0;
    this.steps += 1;
    if (this.nesting > maxNesting || this.steps > maxSteps) {
      this.cuts += 1;
      return [unknown];
    }
    this.nesting += 1;
    const found = find();
    this.nesting -= 1;
    return found;
  }

  /** What a property of a value may hold. */
  property(object: Value, name: string): Value[] {
    return this.nested(() => propertyOf(this, object, name));
  }

  /** What a list, or another collection, may hold. */
  elements(list: Value): Value[] {
    return this.nested(() => elementsOf(this, list));
  }
}

/** What a dependency injection container hands out is of its own choosing: `container.resolve(Lifecycle)`. */
function isFromContainer({ module, member }: Extract<Value, { kind: 'foreign' }>): boolean {
  return (
    /^(tsyringe|inversify|awilix|typedi|bottlejs|@nestjs\/core|@needle-di\/core|typed-inject)$/.test(
      module,
    ) && /(^|\.)(resolve|get|inject)(Async)?$/.test(member)
  );
}

/** The values that a function's own `return` statements give. */
function returnsOf(statements: readonly Statement[]): Expr[] {
  return statements.flatMap((statement): Expr[] => {
    if (statement.kind === 'return') return statement.value ? [statement.value] : [];
    return partsOf(statement).flatMap((part) => (isBlock(part) ? returnsOf(part) : []));
  });
}
