import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import type { CertainCalls } from '../../../project/certainCalls.ts';
import type { FunctionRef } from '../../../project/value.ts';
import type { Range } from '../../../text/range.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import type { ServingPlace } from '../places/serving.ts';
import { Endings, exitsFrom } from './endings.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** One thing that an old handler does, in its order. */
export type Part =
  /** It writes a line to a log. */
  | { readonly kind: 'log'; readonly fn: number; readonly statement: Statement }
  /** It remembers that the server stops: `stopping = true`. */
  | { readonly kind: 'flag'; readonly fn: number; readonly statement: Statement; readonly binding: number }
  /** Something is closed, called or awaited. */
  | { readonly kind: 'call'; readonly fn: number; readonly statement: Statement; readonly call: CallExpr }
  /** A loop, a condition, a variable: kept as it is. */
  | { readonly kind: 'block'; readonly fn: number; readonly statement: Statement };

/** A statement of an old handler that the new one has no need of: it does that itself. */
export interface GoneStatement {
  readonly fn: number;
  readonly statement: Statement;
  /** It closes the HTTP listener, which is a step of the new handler. */
  readonly isClose: boolean;
}

/** What a handler does apart from ending the process, and the functions of its file that it consists of. */
export interface OldBody {
  readonly parts: readonly Part[];
  readonly gone: readonly GoneStatement[];
  /** Parts of statements that are gone, too: a `catch` that only ends the process. */
  readonly dropped: readonly Range[];
  readonly functions: ReadonlySet<number>;
  /** Bindings that its guard asks (`if (stopping) return`); the new handler has a guard of its own. */
  readonly guards: ReadonlySet<number>;
  /** Bindings that hold the signal's name. */
  readonly causes: ReadonlySet<number>;
}

/** Where an old handler stands. */
export interface OldCode {
  readonly into: PlannedFile;
  readonly calls: CertainCalls;
  /** Where the new handler is registered. */
  readonly places: readonly ServingPlace[];
  /** The variables of the HTTP listeners that the new handler closes. */
  readonly listeners: ReadonlySet<string>;
}

/** The handler is written in a way that is not understood for certain. */
class NotUnderstood extends Error {}

const maxFunctions = 6;

/**
 * Reads a handler, and the functions of its file that it only hands on to; `undefined` where any of it is unclear.
 * @param signal the variable of the loop that registers it
 */
export function readBody(ref: FunctionRef, from: OldCode, signal: readonly number[]): OldBody | undefined {
  const reader = new BodyReader(from);
  for (const binding of [...signal, ...firstParameter(from.into.facts, ref.fn)]) reader.causes.add(binding);
  try {
    reader.read(ref.fn);
    return reader;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class BodyReader implements OldBody {
  readonly parts: Part[] = [];
  readonly gone: GoneStatement[] = [];
  readonly dropped: Range[] = [];
  readonly functions = new Set<number>();
  readonly guards = new Set<number>();
  readonly causes = new Set<number>();

  private readonly path: string;
  private readonly facts: SourceFacts;
  private readonly calls: CertainCalls;
  private readonly endings: Endings;

  constructor(private readonly from: OldCode) {
    this.path = from.into.file.path;
    this.facts = from.into.facts;
    this.calls = from.calls;
    this.endings = new Endings(this.path, this.facts, this.calls);
  }

  read(fn: number): void {
    if (this.functions.has(fn) || this.functions.size >= maxFunctions) throw new NotUnderstood();
    this.functions.add(fn);
    this.statements(this.facts.functions[fn]?.statements ?? [], fn);
  }

  /** Returns whether what follows is reached. */
  private statements(statements: readonly Statement[], fn: number): boolean {
    return statements.every((statement) => this.statement(statement, fn));
  }

  private statement(statement: Statement, fn: number): boolean {
    switch (statement.kind) {
      case 'expression':
        return this.expression(statement.expr, statement, fn);
      case 'return':
        if (statement.value) this.expression(statement.value, statement, fn);
        else this.leaveOut(statement, fn);
        return false;
      case 'block':
        return this.statements(statement.body, fn);
      case 'try': {
        if (!this.endings.isOnlyEnd(statement.handler ?? [], fn)) return this.keep(statement, fn);
        const goesOn = this.statements(statement.body, fn);
        const end = statement.finalizer?.[0]?.start ?? statement.end;
        this.dropped.push({ start: statement.body.at(-1)?.end ?? statement.start, end });
        return this.statements(statement.finalizer ?? [], fn) && goesOn;
      }
      case 'if':
        return this.isGuard(statement) ? this.leaveOut(statement, fn) : this.keep(statement, fn);
      default:
        return this.keep(statement, fn);
    }
  }

  private keep(statement: Statement, fn: number): boolean {
    this.parts.push({ kind: 'block', fn, statement });
    return true;
  }

  private leaveOut(statement: Statement, fn: number, isClose = false): boolean {
    this.gone.push({ fn, statement, isClose });
    if (!isClose) this.dropped.push(statement);
    return true;
  }

  /** `if (stopping) return;` */
  private isGuard({ test, then, otherwise }: Extract<Statement, { kind: 'if' }>): boolean {
    const [only, ...others] = then;
    const isPlain = only?.kind === 'return' && !only.value && others.length === 0 && otherwise.length === 0;
    if (!isPlain || test.kind !== 'name' || test.binding < 0) return false;
    this.guards.add(test.binding);
    return true;
  }

  private expression(expr: Expr, statement: Statement, fn: number): boolean {
    const bare = withoutAwait(expr);
    if (bare.kind === 'assign') return this.assignment(bare, statement, fn);
    if (bare.kind !== 'call') throw new NotUnderstood();
    if (this.endings.isExitCall(bare, fn)) return !this.leaveOut(statement, fn);
    if (this.endings.isLog(bare, fn)) {
      this.parts.push({ kind: 'log', fn, statement });
      return true;
    }
    if (this.endings.isForcedExit(bare, fn)) return this.leaveOut(statement, fn);
    if (this.isListenerClose(bare) || this.isPromisedClose(bare)) this.leaveOut(statement, fn, true);
    if (this.isListenerClose(bare)) return this.callback(bare.args[0]);
    if (this.isPromisedClose(bare)) return true;
    const call = this.withoutContinuation(bare, fn);
    const [own, ...others] = this.calls.functions(call.callee, this.path, fn);
    if (own && others.length === 0 && own.path === this.path && this.isHandedOn(own)) {
      this.handOn(call, own.fn);
      return true;
    }
    this.parts.push({ kind: 'call', fn, statement, call });
    return true;
  }

  /** `shutdown('SIGTERM')`, `shutdown(signal)`. */
  private handOn({ args }: CallExpr, fn: number): void {
    for (const [index, argument] of args.entries()) {
      if (argument.kind !== 'literal' && argument.kind !== 'name') throw new NotUnderstood();
      const isSignal =
        argument.kind === 'literal' ? /^SIG/.test(String(argument.value)) : this.causes.has(argument.binding);
      const [binding] = this.facts.functions[fn]?.parameters[index]?.bindings ?? [];
      if (isSignal && binding !== undefined) this.causes.add(binding);
    }
    this.read(fn);
  }

  /** A flag gets a literal; `process.exitCode` is the new handler's. */
  private assignment(
    { target, value, operator }: Extract<Expr, { kind: 'assign' }>,
    statement: Statement,
    fn: number,
  ): boolean {
    if (target.kind === 'member' && target.object.kind === 'name' && target.object.name === 'process')
      return this.leaveOut(statement, fn);
    if (operator !== '=' || target.kind !== 'name' || target.binding < 0 || value.kind !== 'literal')
      throw new NotUnderstood();
    this.parts.push({ kind: 'flag', fn, statement, binding: target.binding });
    return true;
  }

  /** Whether a function is a part of the handler: it ends the process. */
  private isHandedOn({ path, fn }: FunctionRef): boolean {
    return this.facts.functions[fn]?.ownerClass === -1 && exitsFrom([{ path, fn }], this.calls);
  }

  /** `close().then(() => process.exit(0))`: what runs before. */
  private withoutContinuation(call: CallExpr, fn: number): CallExpr {
    const { callee, args } = call;
    if (callee.kind !== 'member' || !/^(then|catch|finally)$/.test(callee.property)) return call;
    if (callee.object.kind !== 'call' || !args.every((argument) => this.endings.isEndFunction(argument, fn)))
      return call;
    return this.withoutContinuation(callee.object, fn);
  }

  /** `httpServer.close(...)`: the new handler closes it. */
  private isListenerClose({ callee }: CallExpr): boolean {
    if (callee.kind !== 'member' || callee.property !== 'close') return false;
    const { start, end } = callee.object;
    return this.from.listeners.has(this.from.into.file.text.slice(start, end));
  }

  /** `new Promise((resolve) => httpServer.close(resolve))`. */
  private isPromisedClose({ callee, args, isNew }: CallExpr): boolean {
    const [executor] = args;
    if (!isNew || callee.kind !== 'name' || callee.name !== 'Promise' || executor?.kind !== 'function')
      return false;
    const [only, ...others] = this.facts.functions[executor.fn]?.statements ?? [];
    const expr = only?.kind === 'expression' ? only.expr : only?.kind === 'return' ? only.value : undefined;
    return others.length === 0 && expr?.kind === 'call' && this.isListenerClose(expr);
  }

  /** What runs when the listener is closed. */
  private callback(expr: Expr | undefined): boolean {
    if (expr === undefined) return true;
    if (expr.kind !== 'function') throw new NotUnderstood();
    return this.statements(this.facts.functions[expr.fn]?.statements ?? [], expr.fn);
  }
}

function firstParameter(facts: SourceFacts, fn: number): readonly number[] {
  const [first] = facts.functions[fn]?.parameters ?? [];
  return first?.bindings.length === 1 ? first.bindings : [];
}

function withoutAwait(expr: Expr): Expr {
  if (expr.kind === 'await') return withoutAwait(expr.operand);
  return expr.kind === 'unary' && expr.operator === 'void' ? withoutAwait(expr.operand) : expr;
}
