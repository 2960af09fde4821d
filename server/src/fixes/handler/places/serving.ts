import type { Expr, Statement } from '../../../languages/source/facts.ts';
import type { ServerStart } from '../../../project/transports.ts';
import { holderOf } from '../../source/statements.ts';
import type { Insertion } from '../insertion.ts';
import type { PlannedFile } from '../plannedFile.ts';
import { statementWithRoom } from './blocks.ts';
import type { Step } from './resources.ts';

/** How a server begins to serve over one transport. */
export interface Serving {
  /** The statement behind which the signals are registered. */
  readonly statement: Statement;
  /** Lines that the start itself needs: a variable for the listener, for instance. */
  readonly insertions: readonly Insertion[];
  /** What ends the transport, after the drain. */
  readonly steps: readonly Step[];
  /** The line behind the statement, where it is another one than the call of `stopOnSignals`. */
  readonly register?: string;
}

/** A `Serving` in its file. */
export interface ServingPlace extends Serving {
  readonly into: PlannedFile;
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
  const object = holderOf(statement, call, facts, file.text);
  if (object) return { statement, insertions: [], steps: [closing(listener(object))] };
  // A call inside another expression can be given none.
  if (!isBare(statement, call) || facts.bindings.some(({ name }) => name === 'listener')) return undefined;
  const insertions: Insertion[] = [{ into, at: { offset: statement.start }, code: 'const listener = ' }];
  return { statement, insertions, steps: [closing(listener('listener'))] };
}

/** The step that closes a listener. */
export function closing(listener: string): Step {
  return { what: 'HTTP listener', run: `closeListener(${listener})`, imports: [] };
}

function isBare(statement: Statement, call: Expr): boolean {
  return statement.kind === 'expression' && statement.expr === call;
}
