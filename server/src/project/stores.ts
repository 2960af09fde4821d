import type { Expr, SourceFacts } from '../languages/source/facts.ts';
import { walkStatements } from '../languages/source/walk.ts';
import { memoized } from './memoize.ts';
import type { Program } from './program.ts';
import type { Value } from './value.ts';
import type { Values } from './values.ts';

/** Something that is put into a collection, and the function in which that happens. */
export interface Put {
  readonly path: string;
  readonly fn: number;
  /** The whole `sessions.set(id, session)` or `sessions[id] = session`. */
  readonly at: Expr;
  readonly value: Expr;
}

/** Methods that put something into a collection, and which argument it is. */
const putting: Readonly<Record<string, number>> = { set: 1, add: 0, push: 0, unshift: 0 };

/** More places that put something somewhere are not looked through: a question must stay quick. */
const maxPlaces = 4_000;

/**
 * What a program puts into its maps, sets, arrays and plain objects, by the expression that made the collection
 * (`new Map()`, `[]`, `{}`). Found with plain values, so a collection that is passed on as an argument is only known
 * under its own name.
 */
export class Stores {
  private puts: ReadonlyMap<Expr, readonly Put[]> | undefined;

  constructor(
    private readonly program: Program,
    private readonly plain: Values,
  ) {}

  /** What is put into the collection that this expression makes, in the order of files and text. */
  into(made: Expr): readonly Put[] {
    this.puts ??= this.find();
    return this.puts.get(made) ?? [];
  }

  private find(): ReadonlyMap<Expr, readonly Put[]> {
    const puts = new Map<Expr, Put[]>();
    const note = (collection: Expr, put: Put) => {
      for (const value of this.plain.of(collection, put.path, put.fn)) {
        const made = madeBy(value);
        if (!made) continue;
        const known = puts.get(made);
        if (known) known.push(put);
        else puts.set(made, [put]);
      }
    };
    for (const [method, index] of Object.entries(putting)) {
      for (const { path, fn, call } of this.program.callsNamed(method).slice(0, maxPlaces)) {
        const value = call.args[index];
        if (value && call.callee.kind === 'member') note(call.callee.object, { path, fn, at: call, value });
      }
    }
    for (const [path, facts] of this.program.files) {
      for (const { collection, put } of keyedAssignments(facts)) note(collection, { path, ...put });
    }
    return puts;
  }
}

/** The expression that made a collection, where the value is one. */
function madeBy(value: Value): Expr | undefined {
  if (value.kind === 'array' || value.kind === 'object') return value.expr;
  const isCollection =
    value.kind === 'foreign' &&
    value.module === '' &&
    /^(Weak)?(Map|Set)\(\)$|^Array\(\)$|^Object\.create\(\)$/.test(value.member);
  return isCollection ? value.made?.expr : undefined;
}

interface KeyedAssignment {
  readonly collection: Expr;
  readonly put: Omit<Put, 'path'>;
}

/** Every `x[key] = value` of a file. */
const keyedAssignments = memoized((facts: SourceFacts): readonly KeyedAssignment[] => {
  const found: KeyedAssignment[] = [];
  for (const { id: fn, statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind !== 'assign' || expr.target.kind !== 'index') return;
      found.push({ collection: expr.target.object, put: { fn, at: expr, value: expr.value } });
    });
  }
  return found;
});
