import type { Expr, Statement } from '../../../languages/source/facts.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { Range } from '../../../text/range.ts';
import type { Insertion } from '../../source/insertion.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { holderOf } from '../../source/statements.ts';
import { statementWithRoom } from './blocks.ts';
import type { Step } from './step.ts';

/** How a server begins to serve over one transport. */
export interface Serving {
  /** The statement behind which the signals are registered. */
  readonly statement: Statement;
  /** Lines that the start itself needs: a variable for the listener, for instance. */
  readonly insertions: readonly Insertion[];
  /** What ends the transport, after the drain. */
  readonly steps: readonly Step[];
  /** A line behind the registration of the signals. */
  readonly behind?: string;
  /** The line behind the statement, where it is another one than the call of `stopOnSignals`; `''` where it is there. */
  readonly register?: string;
  /** The signals are registered before the statement: it takes long to be done. */
  readonly isSlow?: true;
}

/** A `Serving` in its file. */
export interface ServingPlace extends Serving {
  readonly into: PlannedFile;
  readonly start: ServerStart;
  /** The function whose body holds the statement. */
  readonly fn: number;
  readonly isStdio: boolean;
}

/**
 * A listener that the call of the start returns: named already, or a bare statement that can be given a variable.
 * @param listener the expression for the `http.Server`, made of the variable's name
 */
export function returnedListener(
  { fn, call }: ServerStart,
  into: PlannedFile,
  listener: (object: string) => string = (object) => object,
): Serving | undefined {
  const { file, facts } = into;
  const statement = statementWithRoom(into, fn, call);
  if (!statement) return undefined;
  const made = withItsListeners(statement, call);
  const object = holderOf(statement, made, facts, file.text);
  if (object) return { statement, insertions: [], steps: [closing(listener(sure(object, into)))] };
  // A call inside another expression can be given no variable.
  const head = headBefore(statement, made);
  if (!head || facts.bindings.some(({ name }) => name === 'listener')) return undefined;
  const insertions: Insertion[] = [{ into, at: { replace: head }, code: 'const listener = ' }];
  const steps = [closing(listener('listener'))];
  return statement.kind === 'return'
    ? { statement, insertions, steps, behind: 'return listener;' }
    : { statement, insertions, steps };
}

/** `app.listen(port).on('error', report)`: what listens to its events gives the listener back. */
function withItsListeners(statement: Statement, call: Expr): Expr {
  const whole = valueIn(statement);
  let inner = whole;
  while (inner?.kind === 'call' && inner !== call && inner.callee.kind === 'member') {
    if (!/^(on|once|addListener)$/.test(inner.callee.property)) return call;
    inner = inner.callee.object;
  }
  return whole && inner === call ? whole : call;
}

/** What a statement declares, assigns or returns; else what it is. */
function valueIn(statement: Statement): Expr | undefined {
  if (statement.kind === 'declare') return statement.init;
  if (statement.kind === 'return') return statement.value;
  if (statement.kind !== 'expression') return undefined;
  return statement.expr.kind === 'assign' ? statement.expr.value : statement.expr;
}

/** What stands before the call in a statement that is nothing else: nothing, or `return`. */
function headBefore(statement: Statement, call: Expr): Range | undefined {
  const { start } = statement;
  const value = statement.kind === 'expression' ? statement.expr : undefined;
  if (value === call || (value?.kind === 'await' && value.operand === call)) return { start, end: start };
  return statement.kind === 'return' && statement.value === call ? { start, end: call.start } : undefined;
}

/** A variable or field that may be empty as far as its type tells is full by the time of a shutdown. */
function sure(object: string, { facts }: PlannedFile): string {
  const [binding] = facts.bindings.filter(({ name }) => name === object);
  const isSure = binding && (binding.kind === 'const' || !/\b(undefined|null)\b/.test(binding.type ?? ''));
  return isSure ? object : `${object}‹!›`;
}

/** The step that closes a listener. */
export function closing(listener: string): Step {
  return { what: 'HTTP listener', run: `closeListener(${listener})`, imports: [] };
}
