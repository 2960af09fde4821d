import type { Range } from '../../text/range.ts';

/**
 * What one TypeScript or JavaScript file says, without the parser's tree: names resolved inside the file,
 * types dropped, statements and expressions reduced to what a reader of shutdown code looks at. The project
 * model follows calls through it; rules never see it raw.
 *
 * Functions, classes and bindings are numbered per file; `functions[0]` is the module's own top level.
 */
export interface SourceFacts {
  readonly hasSyntaxErrors: boolean;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly bindings: readonly Binding[];
}

/** A module that this file loads. Imports that only bring types are not recorded. */
export interface ImportFact {
  readonly specifier: string;
  readonly range: Range;
  /** `static`: when the file loads; `dynamic`: when the `import()` or `require()` is reached inside a function. */
  readonly kind: 'static' | 'dynamic';
}

/** A name that the file gives to others. */
export type ExportFact =
  | { readonly kind: 'value'; readonly name: string; readonly value: Expr }
  | { readonly kind: 'from'; readonly name: string; readonly specifier: string; readonly imported: string }
  | { readonly kind: 'all'; readonly specifier: string };

export interface FunctionFact {
  readonly id: number;
  /** The name it is declared with or assigned to, or `''`. */
  readonly name: string;
  readonly range: Range;
  readonly body: Range;
  readonly nameRange: Range | undefined;
  readonly isAsync: boolean;
  readonly isArrow: boolean;
  /** Bindings of the parameters, one list per parameter (several where it is destructured). */
  readonly parameters: readonly Parameter[];
  /** Behind the last parameter, or the comma behind that; behind the opening parenthesis where there are none. */
  readonly parametersEnd: number;
  readonly statements: readonly Statement[];
  /** The function around it; -1 for the module. */
  readonly parent: number;
  /** The class whose method it is, or -1. */
  readonly ownerClass: number;
}

export interface Parameter {
  /** The bindings it introduces; a plain name introduces one. */
  readonly bindings: readonly number[];
  /** What of the argument each binding holds; `[]` for a plain name. */
  readonly parts: readonly (readonly ValuePart[])[];
  readonly isRest: boolean;
  /** `constructor(private readonly x: X)`: also stored as `this.x`. */
  readonly isProperty: boolean;
  /** Its type as written, shortened; for hints such as `http.Server`. */
  readonly type: string | undefined;
}

export interface ClassFact {
  readonly id: number;
  readonly name: string;
  readonly range: Range;
  readonly extends: Expr | undefined;
  readonly isDecorated: boolean;
  /** `constructor`, methods, accessors, and properties that hold a function. */
  readonly members: readonly ClassMember[];
  /** Values of other properties, evaluated on construction (or when the class is, if static), and decorators. */
  readonly initializers: readonly {
    readonly name: string;
    readonly value: Expr;
    readonly isStatic: boolean;
  }[];
}

export interface ClassMember {
  readonly name: string;
  readonly fn: number;
  readonly isStatic: boolean;
  /** `get x() {}`: reading the property runs it. */
  readonly isGetter: boolean;
}

export type BindingKind =
  | 'const'
  | 'let'
  | 'var'
  | 'parameter'
  | 'function'
  | 'class'
  | 'import'
  | 'catch'
  | 'other';

/** A name introduced in this file. */
export interface Binding {
  readonly id: number;
  readonly name: string;
  readonly kind: BindingKind;
  /** The name where it is introduced. */
  readonly range: Range;
  /** The function in which it lives; 0 is the module. */
  readonly owner: number;
  /** What it is given at its declaration and by later assignments. */
  readonly values: readonly BoundValue[];
  /** Its type as written, shortened. */
  readonly type: string | undefined;
  readonly imported: { readonly specifier: string; readonly name: string } | undefined;
}

/** How a binding gets a value. */
export interface BoundValue {
  /** The expression that the value comes out of. */
  readonly expr: Expr;
  /** What of it: the value itself, a property of it (destructuring), an element of it (for-of), or all the rest. */
  readonly part: readonly ValuePart[];
}

export type ValuePart =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'element' }
  | { readonly kind: 'rest' };

interface Node {
  readonly start: number;
  readonly end: number;
}

export type Literal = string | number | boolean | null | undefined;

export type Expr =
  | (Node & { readonly kind: 'literal'; readonly value: Literal })
  | (Node & { readonly kind: 'template'; readonly texts: readonly string[]; readonly parts: readonly Expr[] })
  /** `binding` is -1 for a global. */
  | (Node & { readonly kind: 'name'; readonly name: string; readonly binding: number })
  | (Node & { readonly kind: 'this' })
  | (Node & { readonly kind: 'super' })
  | (Node & {
      readonly kind: 'member';
      readonly object: Expr;
      readonly property: string;
      readonly propertyStart: number;
    })
  | (Node & { readonly kind: 'index'; readonly object: Expr; readonly index: Expr })
  | (Node & {
      readonly kind: 'call';
      readonly callee: Expr;
      readonly args: readonly Expr[];
      readonly isNew: boolean;
    })
  | (Node & { readonly kind: 'await'; readonly operand: Expr })
  | (Node & { readonly kind: 'function'; readonly fn: number })
  | (Node & { readonly kind: 'class'; readonly cls: number })
  | (Node & { readonly kind: 'array'; readonly elements: readonly Expr[] })
  | (Node & { readonly kind: 'object'; readonly properties: readonly Property[] })
  | (Node & {
      readonly kind: 'choice';
      readonly operator: '?:' | '&&' | '||' | '??';
      readonly test: Expr;
      readonly whenTrue: Expr;
      readonly whenFalse: Expr;
    })
  | (Node & {
      readonly kind: 'assign';
      readonly target: Expr;
      readonly value: Expr;
      readonly operator: string;
    })
  | (Node & { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr })
  | (Node & { readonly kind: 'unary'; readonly operator: string; readonly operand: Expr })
  | (Node & { readonly kind: 'spread'; readonly operand: Expr })
  /** `import(x)` or `require(x)` of a literal. */
  | (Node & { readonly kind: 'module'; readonly specifier: string; readonly how: 'import' | 'require' })
  | (Node & { readonly kind: 'other'; readonly children: readonly Expr[] });

export interface Property {
  /** `undefined` for a spread or a computed key that is no literal. */
  readonly key: string | undefined;
  readonly value: Expr;
  /** `get x() {}`: reading the property runs the function. */
  readonly isGetter?: true;
}

export type Statement =
  | (Node & { readonly kind: 'expression'; readonly expr: Expr })
  | (Node & {
      readonly kind: 'declare';
      readonly bindings: readonly number[];
      readonly init: Expr | undefined;
    })
  | (Node & { readonly kind: 'class'; readonly cls: number })
  | (Node & {
      readonly kind: 'if';
      readonly test: Expr;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'loop';
      readonly loop: 'for' | 'for-of' | 'for-in' | 'while' | 'do';
      readonly heads: readonly Expr[];
      readonly bindings: readonly number[];
      readonly body: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[] | undefined;
      readonly finalizer: readonly Statement[] | undefined;
    })
  | (Node & {
      readonly kind: 'switch';
      readonly subject: Expr;
      readonly cases: readonly { readonly test: Expr | undefined; readonly body: readonly Statement[] }[];
    })
  | (Node & { readonly kind: 'return' | 'throw'; readonly value: Expr | undefined })
  | (Node & { readonly kind: 'jump'; readonly jump: 'break' | 'continue' })
  | (Node & { readonly kind: 'block'; readonly body: readonly Statement[] });
