import type { Expr, Literal, SourceFacts, Statement, ValuePart } from '../languages/source/facts.ts';
import { isBlock, partsOf, walkStatements } from '../languages/source/walk.ts';
import type { CallExpr, CallSite, Program } from './program.ts';

/**
 * What an expression may hold at run time, as far as the text tells.
 * `foreign` is something of a package (or of Node: `module` is then `''` for globals, else without `node:`):
 * `member` says what of it, with `()` for a call or construction: `express` + `()`, `http` + `createServer()`,
 * `''` + `process`.
 */
export type Value =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'function'; readonly path: string; readonly fn: number }
  | { readonly kind: 'class'; readonly path: string; readonly cls: number }
  | { readonly kind: 'instance'; readonly path: string; readonly cls: number }
  | { readonly kind: 'foreign'; readonly module: string; readonly member: string; readonly made?: Site }
  | { readonly kind: 'array' | 'object'; readonly path: string; readonly expr: Expr; readonly fn: number }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'unknown' };

/** An expression in its file. */
export interface Site {
  readonly path: string;
  readonly expr: Expr;
}

/** A function in its file. */
export interface FunctionRef {
  readonly path: string;
  readonly fn: number;
}

/** The functions among some values. */
export function functionsOf(values: readonly Value[]): FunctionRef[] {
  return values.flatMap((value) => (value.kind === 'function' ? [{ path: value.path, fn: value.fn }] : []));
}

export function isGlobal(value: Value, name: string): boolean {
  if (value.kind !== 'foreign' || value.module !== '') return false;
  return value.member === name || value.member === `globalThis.${name}`;
}

const unknown: Value = { kind: 'unknown' };
const maxValues = 24;
const maxDepth = 40;
/** How many expressions one question may lead to; real ones lead to a few dozen. */
const maxSteps = 3_000;
const maxSites = 200;
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
  private readonly members = new WeakMap<SourceFacts, Map<string, { expr: Expr; fn: number }[]>>();
  private depth = 0;
  private nesting = 0;

  /** @param plain given, parameters are followed to the callers, which are found with it. */
  constructor(
    readonly program: Program,
    private readonly plain?: Values,
  ) {}

  /** The values of an expression inside function `fn` of a file; never empty, `unknown` among them where not all is known. */
  of(expr: Expr, path: string, fn: number): readonly Value[] {
    // The most common questions have their answer in the text and need no memory.
    if (expr.kind === 'literal' || expr.kind === 'function' || expr.kind === 'class')
      return this.find(expr, path, fn);
    const before = this.known.get(expr);
    if (before) return before;
    if (this.depth === 0) this.steps = 0;
    this.steps += 1;
    if (this.running.has(expr) || this.depth > maxDepth || this.steps > maxSteps) return [unknown];
    this.running.add(expr);
    this.depth += 1;
    const values = distinct(this.find(expr, path, fn));
    this.depth -= 1;
    this.running.delete(expr);
    this.known.set(expr, values);
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
        return this.loaded(expr.specifier, path, expr.how === 'import' ? '*' : 'export=');
      case 'call':
        return this.ofCall(expr, path, fn);
      default:
        return [unknown];
    }
  }

  /** What a name introduced in a file may hold. */
  private ofBinding(id: number, path: string): Value[] {
    const facts = this.program.facts(path);
    const binding = facts?.bindings[id];
    if (!facts || !binding) return [unknown];
    if (binding.imported) return this.loaded(binding.imported.specifier, path, binding.imported.name);
    const values = binding.values.flatMap(({ expr, part }) =>
      this.parts(this.of(expr, path, binding.owner), part),
    );
    if (binding.kind === 'parameter') values.push(...this.passed(path, binding.owner, id));
    else if (binding.kind === 'catch') values.push(unknown);
    return values.length > 0 ? values : [unknown];
  }

  private parts(values: readonly Value[], parts: readonly ValuePart[]): Value[] {
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
    const values: Value[] = [];
    for (const site of this.callsOf(path, fn)) {
      const argument = site.call.args[index];
      if (argument) values.push(...this.of(argument, site.path, site.fn));
    }
    values.push(...this.iterated(path, fn, index));
    return values.length > 0 ? this.parts(values, part) : [unknown];
  }

  /** `list.forEach(x => ...)` and its like give the callback the list's elements. */
  private iterated(path: string, fn: number, index: number): Value[] {
    if (index !== 0) return [];
    const around = this.program.functionAt(path, fn)?.parent ?? 0;
    return this.program.callsIn(path, around).flatMap(({ callee, args }) => {
      const [first] = args;
      if (first?.kind !== 'function' || first.fn !== fn || callee.kind !== 'member') return [];
      if (!['forEach', 'map', 'some', 'every', 'filter', 'flatMap'].includes(callee.property)) return [];
      return this.of(callee.object, path, around).flatMap((list) => this.elements(list));
    });
  }

  /** The calls that run a function, as far as its name leads to them. */
  private callsOf(path: string, fn: number): CallSite[] {
    const fact = this.program.functionAt(path, fn);
    const { plain } = this;
    if (!fact?.name || !plain) return [];
    const owner = this.program.facts(path)?.classes[fact.ownerClass];
    const isConstructor = owner !== undefined && fact.name === 'constructor';
    const sites = [...this.program.callsNamed(isConstructor ? owner.name : fact.name)];
    // A name that everybody uses tells nothing.
    if (sites.length > maxSites) return [];
    return sites.filter((site) =>
      plain
        .of(site.call.callee, site.path, site.fn)
        .some((value) =>
          isConstructor
            ? value.kind === 'class' && value.path === path && value.cls === owner.id
            : value.kind === 'function' && value.path === path && value.fn === fn,
        ),
    );
  }

  /** The class instance that `this` is in a method or in an arrow function inside one. */
  private ofThis(path: string, fn: number): Value[] {
    for (let at = this.program.functionAt(path, fn); at; at = this.program.functionAt(path, at.parent)) {
      if (at.ownerClass >= 0) return [{ kind: 'instance', path, cls: at.ownerClass }];
      if (!at.isArrow) return [unknown];
    }
    return [unknown];
  }

  private ofCall(call: CallExpr, path: string, fn: number): Value[] {
    const callees = this.of(call.callee, path, fn);
    return callees.flatMap((callee): Value[] => {
      if (callee.kind === 'class' && call.isNew) return [this.instanceOf(callee, { path, expr: call })];
      if (callee.kind === 'function') return this.returned(callee.path, callee.fn);
      if (callee.kind === 'foreign') {
        const bound = callee.member.endsWith('.bind');
        if (bound) return [{ ...callee, member: callee.member.slice(0, -'.bind'.length) }];
        return [
          {
            kind: 'foreign',
            module: callee.module,
            member: `${callee.member}()`,
            made: { path, expr: call },
          },
        ];
      }
      return [this.bound(call, path, fn) ?? unknown];
    });
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

  private returned(path: string, fn: number): Value[] {
    const fact = this.program.functionAt(path, fn);
    if (!fact) return [unknown];
    return returnsOf(fact.statements).flatMap((value) => this.of(value, path, fn));
  }

  /** What `module` gives under `name` (`*`: all of it, `default`, `export=`). */
  private loaded(specifier: string, from: string, name: string): Value[] {
    const target = this.program.resolve(specifier, from);
    if (target.kind === 'external') return [foreign(target.name, name)];
    return this.exported(target.path, name, new Set());
  }

  private exported(path: string, name: string, seen: Set<string>): Value[] {
    const facts = this.program.facts(path);
    if (!facts || seen.has(path)) return [unknown];
    seen.add(path);
    if (name === '*') return [{ kind: 'module', path }];
    const found = facts.exports.filter((fact) => fact.kind !== 'all' && fact.name === name);
    const values = found.flatMap((fact): Value[] => {
      if (fact.kind === 'value') return [...this.of(fact.value, path, 0)];
      if (fact.kind !== 'from') return [];
      const target = this.program.resolve(fact.specifier, path);
      if (target.kind === 'external') return [foreign(target.name, fact.imported)];
      return this.exported(target.path, fact.imported, new Set(seen));
    });
    if (values.length > 0) return values;
    if (name === 'export=' || name === 'default') {
      const whole = facts.exports.find((fact) => fact.kind === 'value' && fact.name === 'export=');
      return whole?.kind === 'value' ? [...this.of(whole.value, path, 0)] : [{ kind: 'module', path }];
    }
    for (const fact of facts.exports) {
      if (fact.kind !== 'all') continue;
      const target = this.program.resolve(fact.specifier, path);
      if (target.kind === 'external') continue;
      const inner = this.exported(target.path, name, seen);
      if (inner.some(({ kind }) => kind !== 'unknown')) return inner;
    }
    const whole = facts.exports.find((fact) => fact.kind === 'value' && fact.name === 'export=');
    if (whole?.kind === 'value') return this.of(whole.value, path, 0).flatMap((v) => this.property(v, name));
    return [unknown];
  }

  private property(object: Value, name: string): Value[] {
    // Objects that spread each other, classes that extend each other: text that is being typed.
    this.steps += 1;
    if (this.nesting > maxNesting || this.steps > maxSteps) return [unknown];
    this.nesting += 1;
    const found = this.findProperty(object, name);
    this.nesting -= 1;
    return found;
  }

  private findProperty(object: Value, name: string): Value[] {
    switch (object.kind) {
      case 'foreign':
        return [foreignMember(object, name)];
      case 'module':
        return this.exported(object.path, name, new Set());
      case 'object':
        return this.objectProperty(object, name);
      case 'array':
        return object.expr.kind === 'array'
          ? this.arrayElement(object, object.expr.elements[Number(name)])
          : [unknown];
      case 'instance':
      case 'class':
        return this.classMember(object, name);
      default:
        return [unknown];
    }
  }

  private arrayElement(
    array: Extract<Value, { kind: 'array' | 'object' }>,
    element: Expr | undefined,
  ): Value[] {
    return element ? [...this.of(element, array.path, array.fn)] : [unknown];
  }

  private objectProperty(object: Extract<Value, { kind: 'array' | 'object' }>, name: string): Value[] {
    if (object.expr.kind !== 'object') return [unknown];
    const own = object.expr.properties.filter(({ key }) => key === name);
    if (own.length > 0) return own.flatMap(({ value }) => this.of(value, object.path, object.fn));
    const spreads = object.expr.properties.filter(({ value }) => value.kind === 'spread');
    const spread = spreads.flatMap(({ value }) =>
      value.kind === 'spread'
        ? this.of(value.operand, object.path, object.fn).flatMap((inner) => this.property(inner, name))
        : [],
    );
    return spread.length > 0 ? spread : [unknown];
  }

  private elements(list: Value): Value[] {
    this.steps += 1;
    if (this.nesting > maxNesting || this.steps > maxSteps) return [unknown];
    this.nesting += 1;
    const found = this.findElements(list);
    this.nesting -= 1;
    return found;
  }

  private findElements(list: Value): Value[] {
    if (list.kind !== 'array' || list.expr.kind !== 'array') return [unknown];
    return list.expr.elements.flatMap((element) =>
      element.kind === 'spread'
        ? this.of(element.operand, list.path, list.fn).flatMap((inner) => this.elements(inner))
        : this.of(element, list.path, list.fn),
    );
  }

  /** A method, or what is stored in a property of the class (also of classes it extends). */
  private classMember(object: Extract<Value, { kind: 'instance' | 'class' }>, name: string): Value[] {
    const { path, cls } = object;
    const facts = this.program.facts(path);
    const fact = facts?.classes[cls];
    if (!facts || !fact) return [unknown];
    const methods = fact.members.filter((member) => member.name === name && name !== 'constructor');
    if (methods.length > 0) return methods.map(({ fn }) => ({ kind: 'function', path, fn }));
    const stored = fact.initializers
      .filter((initializer) => initializer.name === name)
      .flatMap(({ value }) => this.of(value, path, this.memberFunction(facts, cls)));
    for (const { expr, fn } of this.assignments(facts).get(`${cls}.${name}`) ?? []) {
      stored.push(...this.of(expr, path, fn));
    }
    stored.push(...this.parameterProperty(facts, path, cls, name));
    if (stored.length > 0) return stored;
    if (!fact.extends) return [unknown];
    return this.of(fact.extends, path, 0).flatMap((base): Value[] => {
      if (base.kind === 'class') return this.property({ ...base, kind: object.kind }, name);
      return base.kind === 'foreign'
        ? [foreignMember({ ...base, member: `${base.member}()` }, name)]
        : [unknown];
    });
  }

  private memberFunction(facts: SourceFacts, cls: number): number {
    return facts.classes[cls]?.members[0]?.fn ?? 0;
  }

  private parameterProperty(facts: SourceFacts, path: string, cls: number, name: string): Value[] {
    const own = facts.classes[cls]?.members.find((member) => member.name === 'constructor');
    const parameters = own ? (facts.functions[own.fn]?.parameters ?? []) : [];
    const binding = parameters
      .filter(({ isProperty }) => isProperty)
      .flatMap(({ bindings }) => bindings)
      .find((id) => facts.bindings[id]?.name === name);
    return binding === undefined ? [] : this.ofBinding(binding, path);
  }

  /** Every `this.x = value` of a file by class and name. */
  private assignments(facts: SourceFacts): Map<string, { expr: Expr; fn: number }[]> {
    let known = this.members.get(facts);
    if (known) return known;
    known = new Map();
    for (const { id, statements } of facts.functions) {
      const cls = owningClass(facts, id);
      if (cls < 0) continue;
      walkStatements(statements, (expr) => {
        if (expr.kind !== 'assign' || expr.target.kind !== 'member' || expr.target.object.kind !== 'this')
          return;
        const key = `${cls}.${expr.target.property}`;
        known?.set(key, [...(known.get(key) ?? []), { expr: expr.value, fn: id }]);
      });
    }
    this.members.set(facts, known);
    return known;
  }
}

function owningClass(facts: SourceFacts, fn: number): number {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) {
    if (at.ownerClass >= 0) return at.ownerClass;
    if (!at.isArrow) return -1;
  }
  return -1;
}

/** The values that a function's own `return` statements give. */
function returnsOf(statements: readonly Statement[]): Expr[] {
  return statements.flatMap((statement): Expr[] => {
    if (statement.kind === 'return') return statement.value ? [statement.value] : [];
    return partsOf(statement).flatMap((part) => (isBlock(part) ? returnsOf(part) : []));
  });
}

function globalValue(name: string): Value {
  if (name === 'globalThis' || name === 'global') return { kind: 'foreign', module: '', member: '' };
  return { kind: 'foreign', module: '', member: name };
}

function foreign(specifier: string, name: string): Value {
  const module = specifier.replace(/^node:/, '');
  const member = name === '*' || name === 'default' || name === 'export=' ? '' : name;
  if (module === 'process')
    return { kind: 'foreign', module: '', member: member ? `process.${member}` : 'process' };
  return { kind: 'foreign', module, member };
}

/** `default` of a namespace is the module itself: `import pg`, `pg.default` and `require('pg')` are one thing. */
function foreignMember(object: Extract<Value, { kind: 'foreign' }>, name: string): Value {
  if (object.member === '' && name === 'default') return object;
  const member = object.member === '' ? name : `${object.member}.${name}`;
  return { ...object, member };
}

function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length === 1) return values;
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!seen.has(key)) seen.set(key, key === 'unknown' ? unknown : value);
    if (seen.size >= maxValues) return [...seen.values(), unknown];
  }
  return seen.size === 0 ? [unknown] : [...seen.values()];
}

function keyOf(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return `literal ${typeof value.value} ${value.value}`;
    case 'function':
      return `function ${value.path} ${value.fn}`;
    case 'class':
    case 'instance':
      return `${value.kind} ${value.path} ${value.cls}`;
    case 'foreign':
      return `foreign ${value.module} ${value.member} ${value.made?.path} ${value.made?.expr.start}`;
    case 'array':
    case 'object':
      return `${value.kind} ${value.path} ${value.expr.start}`;
    case 'module':
      return `module ${value.path}`;
    default:
      return 'unknown';
  }
}
