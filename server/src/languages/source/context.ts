import type ts from 'typescript';
import type { Range } from '../../text/range.ts';
import type {
  Binding,
  BindingKind,
  BoundValue,
  ClassFact,
  ExportFact,
  Expr,
  FunctionFact,
  ImportFact,
  Statement,
} from './facts.ts';

type Growing<T> = { -readonly [K in keyof T]: T[K] };

interface Scope {
  readonly names: Map<string, number>;
  readonly parent: Scope | undefined;
}

/**
 * What is gathered while one file is reduced: the numbered lists, the scope that names are looked up in, and
 * the function and class being read. The readers of expressions, statements and functions call each other
 * through `read`, which keeps their modules free of import cycles.
 */
export class Context {
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly functions: Growing<FunctionFact>[] = [];
  readonly classes: ClassFact[] = [];
  readonly bindings: (Growing<Binding> & { values: BoundValue[] })[] = [];
  currentFunction = 0;
  private scope: Scope = { names: new Map(), parent: undefined };

  constructor(
    readonly file: ts.SourceFile,
    readonly read: {
      expression(cx: Context, node: ts.Expression): Expr;
      statements(cx: Context, nodes: readonly ts.Statement[]): Statement[];
      functionLike(cx: Context, node: ts.FunctionLikeDeclaration, name: string, ownerClass: number): number;
      classLike(cx: Context, node: ts.ClassLikeDeclaration): number;
    },
  ) {}

  /** Start and end of a node without the white space and comments in front. */
  rangeOf(node: ts.Node): Range {
    return { start: node.getStart(this.file), end: node.end };
  }

  /** Runs `inside` with a fresh scope for names. */
  inScope<T>(inside: () => T): T {
    const outer = this.scope;
    this.scope = { names: new Map(), parent: outer };
    try {
      return inside();
    } finally {
      this.scope = outer;
    }
  }

  /** Introduces a name into the current scope; a second `var` or overload of a name is the same binding. */
  declare(name: ts.Identifier, kind: BindingKind): number {
    const known = this.scope.names.get(name.text);
    if (known !== undefined) return known;
    const id = this.bindings.length;
    this.bindings.push({
      id,
      name: name.text,
      kind,
      range: this.rangeOf(name),
      owner: this.currentFunction,
      values: [],
      type: undefined,
      imported: undefined,
    });
    this.scope.names.set(name.text, id);
    return id;
  }

  /** The binding that a name means here, or -1 when the file does not introduce it. */
  resolve(name: string): number {
    for (let scope: Scope | undefined = this.scope; scope; scope = scope.parent) {
      const id = scope.names.get(name);
      if (id !== undefined) return id;
    }
    return -1;
  }

  /** Notes one more value that a binding may hold. */
  bind(binding: number, value: BoundValue): void {
    this.bindings[binding]?.values.push(value);
  }
}

/** A type annotation as written, on one line and shortened; `undefined` when there is none. */
export function typeText(cx: Context, node: ts.TypeNode | undefined): string | undefined {
  if (!node) return undefined;
  return cx.file.text.slice(node.getStart(cx.file), Math.min(node.end, node.pos + 120)).replace(/\s+/g, ' ');
}
