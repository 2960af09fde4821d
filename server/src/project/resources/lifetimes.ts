import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import { callsOf } from '../callers.ts';
import { memoized } from '../memoize.ts';
import type { CallExpr, CallSite, Program } from '../program.ts';
import { functionKey, isGlobal } from '../value.ts';
import type { Values } from '../values.ts';
import { type Holder, holdersOf } from './holders.ts';
import { isNestSingleton } from './nestSingletons.ts';
import { type FieldHolder, surroundingsIn } from './surroundings.ts';

/**
 * How long something is kept: `process`: until the process ends, or until code decides otherwise; `session`: as long as
 * an MCP server object that is made for each session; `call`: no longer than one call of the function that made it, a
 * tool call or a request; `unknown`: the text does not tell.
 */
export type Lifetime = (typeof lifetimes)[number];

/** The longest first; what is not known may be long. */
const lifetimes = ['process', 'session', 'unknown', 'call'] as const;

const maxDepth = 12;

/** Methods and functions that run what they are given at once, or once when something has started. */
const runsItOnce = /^(forEach|map|flatMap|then|catch|finally|listen|setTimeout|setImmediate|nextTick|ready)$/;

/** Tells what is opened for good from what is opened for one call. Made for one snapshot; keeps its answers. */
export class Lifetimes {
  private readonly starts = new Map<string, boolean>();
  private subclasses: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(
    private readonly program: Program,
    private readonly values: Values,
  ) {}

  /** How long the value of an expression in function `fn` of a file is kept. */
  of(expr: Expr, path: string, fn: number, depth = 0): Lifetime {
    const facts = this.program.facts(path);
    if (!facts || depth > maxDepth) return 'unknown';
    const field = fieldAround(expr, facts);
    if (field) return this.ofHolder(field, path, facts, depth + 1);
    if (this.runsAtStart(path, fn)) return 'process';
    if (this.makesServer(path, fn)) return 'session';
    const holders = holdersOf(expr, facts);
    return longest(holders.map((holder) => this.ofHolder(holder, path, facts, depth + 1)));
  }

  /** Whether the value of an expression is only held by a variable of a function, and goes nowhere else. */
  isLocal(expr: Expr, path: string): boolean {
    const facts = this.program.facts(path);
    if (!facts) return false;
    const { mentions } = surroundingsIn(facts);
    return holdersOf(expr, facts).every((holder) => {
      if (holder.kind !== 'variable' || facts.bindings[holder.binding]?.owner === 0) return false;
      return (mentions.get(holder.binding) ?? []).every((mention) =>
        holdersOf(mention, facts).every((other) => other.kind === 'argument' && !other.call.isNew),
      );
    });
  }

  private ofHolder(holder: Holder, path: string, facts: SourceFacts, depth: number): Lifetime {
    if (depth > maxDepth) return 'unknown';
    switch (holder.kind) {
      case 'variable':
        return this.ofVariable(holder.binding, path, facts, depth);
      case 'field':
        return holder.isStatic ? 'process' : this.ofInstances(path, holder.cls, depth);
      case 'property':
        return this.ofCollection(holder.object, path, holder.fn, facts, depth);
      case 'collection':
        return this.ofCollection(holder.collection, path, holder.fn, facts, depth);
      case 'returned':
        return this.ofCalls(callsOf(path, holder.fn, this.program, this.values), depth);
      default:
        return 'call';
    }
  }

  private ofVariable(id: number, path: string, facts: SourceFacts, depth: number): Lifetime {
    const binding = facts.bindings[id];
    if (!binding || binding.owner === 0 || this.runsAtStart(path, binding.owner)) return 'process';
    if (this.makesServer(path, binding.owner)) return 'session';
    // A parameter is the caller's; what it stands for outlives this call or not.
    if (binding.kind === 'parameter') return 'unknown';
    const mentions = surroundingsIn(facts).mentions.get(id) ?? [];
    const kept = mentions.flatMap((mention) =>
      holdersOf(mention, facts).filter((holder) => !names(holder, id)),
    );
    return longest(kept.map((holder) => this.ofHolder(holder, path, facts, depth + 1)));
  }

  /** An object or collection keeps things as long as it is kept itself. */
  private ofCollection(expr: Expr, path: string, fn: number, facts: SourceFacts, depth: number): Lifetime {
    if (depth > maxDepth) return 'unknown';
    if (expr.kind === 'name') return this.ofOwner(expr.binding, path, fn, facts, depth + 1);
    if (expr.kind === 'member') return this.ofCollection(expr.object, path, fn, facts, depth + 1);
    if (expr.kind !== 'this') return 'unknown';
    const [instance] = this.values.of(expr, path, fn);
    return instance?.kind === 'instance'
      ? this.ofInstances(instance.path, instance.cls, depth + 1)
      : 'unknown';
  }

  /** A variable that stands for an object of others (`const session = this.sessions.get(id)`) is as lasting as those. */
  private ofOwner(id: number, path: string, fn: number, facts: SourceFacts, depth: number): Lifetime {
    if (id < 0) return 'process';
    const found = (facts.bindings[id]?.values ?? []).map(({ expr }): Lifetime => {
      const value = expr.kind === 'await' ? expr.operand : expr;
      if (value.kind === 'member' || value.kind === 'index') {
        return this.ofCollection(value.object, path, fn, facts, depth);
      }
      if (value.kind !== 'call' || value.isNew) return 'call';
      return value.callee.kind === 'member' && value.callee.property === 'get'
        ? this.ofCollection(value.callee.object, path, fn, facts, depth)
        : 'unknown';
    });
    return longest([...found, this.ofVariable(id, path, facts, depth)]);
  }

  /** A field lives as long as the objects of its class. */
  private ofInstances(path: string, cls: number, depth: number): Lifetime {
    const sites = this.constructionsOf(path, cls);
    // Made by a framework, or by code that cannot be followed.
    if (sites.length === 0) return isNestSingleton(cls, this.program.facts(path)) ? 'process' : 'unknown';
    return this.ofCalls(sites, depth);
  }

  private ofCalls(sites: readonly CallSite[], depth: number): Lifetime {
    if (sites.length === 0) return 'unknown';
    return longest(sites.map(({ path, fn, call }) => this.of(call, path, fn, depth + 1)));
  }

  private constructionsOf(path: string, cls: number, depth = 0): CallSite[] {
    const name = this.program.facts(path)?.classes[cls]?.name;
    if (!name || depth > 4) return [];
    const own = this.program
      .callsNamed(name)
      .filter(
        (site) =>
          site.call.isNew &&
          this.values
            .of(site.call.callee, site.path, site.fn)
            .some((value) => value.kind === 'class' && value.path === path && value.cls === cls),
      );
    const below = this.extending(path, cls).map((key) => key.split('#') as [string, string]);
    return [...own, ...below.flatMap(([file, id]) => this.constructionsOf(file, Number(id), depth + 1))];
  }

  private extending(path: string, cls: number): readonly string[] {
    this.subclasses ??= this.findSubclasses();
    return this.subclasses.get(`${path}#${cls}`) ?? [];
  }

  private findSubclasses(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const [path, { classes }] of this.program.files) {
      for (const { id, extends: base } of classes) {
        if (!base) continue;
        for (const value of this.values.of(base, path, 0)) {
          if (value.kind !== 'class') continue;
          const key = `${value.path}#${value.cls}`;
          found.set(key, [...(found.get(key) ?? []), `${path}#${id}`]);
        }
      }
    }
    return found;
  }

  /** Whether a function makes an MCP server object: then what it holds is kept for the session that this serves. */
  private makesServer(path: string, fn: number): boolean {
    return this.program
      .callsIn(path, fn)
      .some(
        ({ callee, isNew }) =>
          isNew &&
          this.values
            .of(callee, path, fn)
            .some(
              (value) =>
                value.kind === 'foreign' &&
                value.module.startsWith('@modelcontextprotocol/') &&
                /^(Mcp)?Server$/.test(value.member),
            ),
      );
  }

  /** Whether a function runs as the program starts, not for each tool call, request or session. */
  private runsAtStart(path: string, fn: number): boolean {
    if (fn === 0) return true;
    const key = functionKey({ path, fn });
    const before = this.starts.get(key);
    if (before !== undefined) return before;
    // A function that is only called by itself is not called at the start.
    this.starts.set(key, false);
    const found =
      this.isRunInPlace(path, fn) ||
      callsOf(path, fn, this.program, this.values).some((site) => this.runsAtStart(site.path, site.fn));
    this.starts.set(key, found);
    return found;
  }

  /** `(async () => {...})()`, `new Promise((resolve) => ...)`, `.then(() => ...)` in code that runs at the start. */
  private isRunInPlace(path: string, fn: number): boolean {
    const facts = this.program.facts(path);
    const literal = facts && surroundingsIn(facts).literals.get(fn);
    const surrounding = literal && surroundingsIn(facts).of.get(literal);
    if (surrounding?.around.kind !== 'expression') return false;
    const call = surrounding.around.expr;
    if (call.kind !== 'call') return false;
    const isRun = call.callee === literal || this.runsArguments(call, path, surrounding.fn);
    return isRun && this.runsAtStart(path, surrounding.fn);
  }

  private runsArguments({ callee, isNew }: CallExpr, path: string, fn: number): boolean {
    if (isNew) return this.values.of(callee, path, fn).every((value) => isGlobal(value, 'Promise'));
    const name = writtenName(callee);
    return runsItOnce.test(name);
  }
}

/** The lifetimes of a snapshot. */
export const lifetimesWith = memoized((values: Values) => new Lifetimes(values.program, values));

/** The class field whose initial value an expression is part of. */
function fieldAround(expr: Expr, facts: SourceFacts): FieldHolder | undefined {
  const { of } = surroundingsIn(facts);
  let at = of.get(expr)?.around;
  while (at?.kind === 'expression') at = of.get(at.expr)?.around;
  return at?.kind === 'field' ? at : undefined;
}

function longest(found: readonly Lifetime[]): Lifetime {
  return lifetimes.find((lifetime) => found.includes(lifetime)) ?? 'call';
}

function names(holder: Holder, binding: number): boolean {
  return holder.kind === 'variable' && holder.binding === binding;
}
