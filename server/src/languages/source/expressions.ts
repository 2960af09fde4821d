import ts from 'typescript';
import type { Context } from './context.ts';
import type { Expr, Property } from './facts.ts';

type Reader = (cx: Context, node: never, start: number, end: number) => Expr;

/** How each kind of expression is reduced. A table, because this runs for every node of every keystroke. */
const readers: (Reader | undefined)[] = [];

function reader<T extends ts.Node>(
  kinds: readonly ts.SyntaxKind[],
  read: (cx: Context, node: T, start: number, end: number) => Expr,
): void {
  for (const kind of kinds) readers[kind] = read as Reader;
}

const { SyntaxKind } = ts;

/** Reduces one expression. Unknown kinds keep their sub-expressions, in order, as `other`. */
export function readExpression(cx: Context, node: ts.Expression): Expr {
  const read = readers[node.kind] ?? (readOther as Reader);
  return read(cx, node as never, node.getStart(cx.file), node.end);
}

function readOther(cx: Context, node: ts.Expression, start: number, end: number): Expr {
  const children = childExpressions(node).map((child) => readExpression(cx, child));
  return { start, end, kind: 'other', children };
}

reader([SyntaxKind.Identifier], (cx, { text: name }: ts.Identifier, start, end) => {
  if (name === 'undefined') return { start, end, kind: 'literal', value: undefined };
  return { start, end, kind: 'name', name, binding: cx.resolve(name) };
});

// Parentheses, `as`, `satisfies`, `<T>x` and `x!` change nothing at run time.
reader(
  [
    SyntaxKind.ParenthesizedExpression,
    SyntaxKind.AsExpression,
    SyntaxKind.SatisfiesExpression,
    SyntaxKind.TypeAssertionExpression,
    SyntaxKind.NonNullExpression,
  ],
  (cx, node: ts.ParenthesizedExpression) => readExpression(cx, node.expression),
);

reader(
  [SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral],
  (_, { text: value }: ts.StringLiteralLike, start, end) => ({ start, end, kind: 'literal', value }),
);

reader([SyntaxKind.NumericLiteral], (_, { text }: ts.NumericLiteral, start, end) => ({
  start,
  end,
  kind: 'literal',
  value: Number(text.replaceAll('_', '')),
}));

reader([SyntaxKind.TrueKeyword], (_cx, _node, start, end) => ({ start, end, kind: 'literal', value: true }));
reader([SyntaxKind.FalseKeyword], (_cx, _node, start, end) => ({
  start,
  end,
  kind: 'literal',
  value: false,
}));
reader([SyntaxKind.NullKeyword], (_cx, _node, start, end) => ({ start, end, kind: 'literal', value: null }));
reader([SyntaxKind.ThisKeyword], (_cx, _node, start, end) => ({ start, end, kind: 'this' }));
reader([SyntaxKind.SuperKeyword], (_cx, _node, start, end) => ({ start, end, kind: 'super' }));

reader([SyntaxKind.TemplateExpression], (cx, node: ts.TemplateExpression, start, end) => ({
  start,
  end,
  kind: 'template',
  texts: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)],
  parts: node.templateSpans.map(({ expression }) => readExpression(cx, expression)),
}));

reader([SyntaxKind.PropertyAccessExpression], (cx, node: ts.PropertyAccessExpression, start, end) => ({
  start,
  end,
  kind: 'member',
  object: readExpression(cx, node.expression),
  property: node.name.text,
  propertyStart: node.name.getStart(cx.file),
}));

reader([SyntaxKind.ElementAccessExpression], readIndex);
reader([SyntaxKind.CallExpression], readCall);

reader([SyntaxKind.NewExpression], (cx, node: ts.NewExpression, start, end) => {
  const args = (node.arguments ?? []).map((argument) => readExpression(cx, argument));
  return { start, end, kind: 'call', callee: readExpression(cx, node.expression), args, isNew: true };
});

reader([SyntaxKind.AwaitExpression], (cx, { expression }: ts.AwaitExpression, start, end) => ({
  start,
  end,
  kind: 'await',
  operand: readExpression(cx, expression),
}));

reader(
  [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression],
  (cx, node: ts.ArrowFunction | ts.FunctionExpression, start, end) => ({
    start,
    end,
    kind: 'function',
    fn: cx.read.functionLike(cx, node, node.name?.text ?? '', -1),
  }),
);

reader([SyntaxKind.ClassExpression], (cx, node: ts.ClassExpression, start, end) => ({
  start,
  end,
  kind: 'class',
  cls: cx.read.classLike(cx, node),
}));

reader([SyntaxKind.ArrayLiteralExpression], (cx, { elements }: ts.ArrayLiteralExpression, start, end) => ({
  start,
  end,
  kind: 'array',
  elements: elements.map((element) => readExpression(cx, element)),
}));

reader(
  [SyntaxKind.ObjectLiteralExpression],
  (cx, { properties }: ts.ObjectLiteralExpression, start, end) => ({
    start,
    end,
    kind: 'object',
    properties: properties.flatMap((property) => readProperty(cx, property)),
  }),
);

reader([SyntaxKind.SpreadElement], (cx, { expression }: ts.SpreadElement, start, end) => ({
  start,
  end,
  kind: 'spread',
  operand: readExpression(cx, expression),
}));

reader([SyntaxKind.ConditionalExpression], (cx, node: ts.ConditionalExpression, start, end) => ({
  start,
  end,
  kind: 'choice',
  operator: '?:',
  test: readExpression(cx, node.condition),
  whenTrue: readExpression(cx, node.whenTrue),
  whenFalse: readExpression(cx, node.whenFalse),
}));

reader([SyntaxKind.BinaryExpression], readBinary);

reader(
  [SyntaxKind.PrefixUnaryExpression, SyntaxKind.PostfixUnaryExpression],
  (cx, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, start, end) => {
    const operator = ts.tokenToString(node.operator) ?? '';
    const operand = readExpression(cx, node.operand);
    if (operator === '-' && operand.kind === 'literal' && typeof operand.value === 'number') {
      return { start, end, kind: 'literal', value: -operand.value };
    }
    return { start, end, kind: 'unary', operator, operand };
  },
);

for (const [kind, operator] of [
  [SyntaxKind.TypeOfExpression, 'typeof'],
  [SyntaxKind.VoidExpression, 'void'],
  [SyntaxKind.DeleteExpression, 'delete'],
] as const) {
  reader([kind], (cx, { expression }: ts.TypeOfExpression, start, end) => ({
    start,
    end,
    kind: 'unary',
    operator,
    operand: readExpression(cx, expression),
  }));
}

function readIndex(cx: Context, node: ts.ElementAccessExpression, start: number, end: number): Expr {
  const object = readExpression(cx, node.expression);
  const key = node.argumentExpression;
  if (ts.isStringLiteralLike(key)) {
    return { start, end, kind: 'member', object, property: key.text, propertyStart: key.getStart(cx.file) };
  }
  return { start, end, kind: 'index', object, index: readExpression(cx, key) };
}

function readCall(cx: Context, node: ts.CallExpression, start: number, end: number): Expr {
  const loaded = loadedModule(cx, node);
  if (loaded !== undefined) {
    const how = node.expression.kind === SyntaxKind.ImportKeyword ? 'import' : 'require';
    const kind = how === 'require' && cx.currentFunction === 0 ? 'static' : 'dynamic';
    cx.imports.push({ specifier: loaded, range: { start, end }, kind });
    return { start, end, kind: 'module', specifier: loaded, how };
  }
  const args = node.arguments.map((argument) => readExpression(cx, argument));
  if (node.expression.kind === SyntaxKind.ImportKeyword) return { start, end, kind: 'other', children: args };
  return { start, end, kind: 'call', callee: readExpression(cx, node.expression), args, isNew: false };
}

/** The specifier of `import('x')` or of a global `require('x')`. */
function loadedModule(cx: Context, node: ts.CallExpression): string | undefined {
  const [argument] = node.arguments;
  // `import('x' as string)` keeps the compiler from looking for the module; at run time it is the same.
  const first = argument && (ts.isAsExpression(argument) ? argument.expression : argument);
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return first.text;
  const callee = node.expression;
  return ts.isIdentifier(callee) && callee.text === 'require' && isFree(cx, 'require')
    ? first.text
    : undefined;
}

/** `require` from `createRequire()` is as good as the global one. */
function isFree(cx: Context, name: string): boolean {
  const binding = cx.bindings[cx.resolve(name)];
  return binding === undefined || binding.kind === 'const';
}

function readProperty(cx: Context, node: ts.ObjectLiteralElementLike): Property[] {
  const read = (child: ts.Expression) => cx.read.expression(cx, child);
  if (ts.isPropertyAssignment(node)) return [{ key: keyOf(node.name), value: named(cx, node) }];
  if (ts.isShorthandPropertyAssignment(node)) return [{ key: node.name.text, value: read(node.name) }];
  if (ts.isSpreadAssignment(node)) {
    return [
      { key: undefined, value: { ...cx.rangeOf(node), kind: 'spread', operand: read(node.expression) } },
    ];
  }
  const key = keyOf(node.name);
  const fn = cx.read.functionLike(cx, node, key ?? '', -1);
  const value: Expr = { ...cx.rangeOf(node), kind: 'function', fn };
  return [ts.isGetAccessor(node) ? { key, value, isGetter: true } : { key, value }];
}

function named(cx: Context, node: ts.PropertyAssignment): Expr {
  const value = node.initializer;
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return cx.read.expression(cx, value);
  const fn = cx.read.functionLike(cx, value, value.name?.text ?? keyOf(node.name) ?? '', -1);
  return { ...cx.rangeOf(value), kind: 'function', fn };
}

/** A property's name where it can be known, else `undefined`. */
export function keyOf(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isPrivateIdentifier(name)) return name.text;
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)
    ? name.expression.text
    : undefined;
}

function readBinary(cx: Context, node: ts.BinaryExpression, start: number, end: number): Expr {
  const { kind } = node.operatorToken;
  const operator = ts.tokenToString(kind) ?? '';
  const left = readExpression(cx, node.left);
  const right = readExpression(cx, node.right);
  if (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment) {
    if (left.kind === 'name' && left.binding >= 0) cx.bind(left.binding, { expr: right, part: [] });
    return { start, end, kind: 'assign', target: left, value: right, operator };
  }
  if (operator === '&&') {
    return { start, end, kind: 'choice', operator, test: left, whenTrue: right, whenFalse: left };
  }
  if (operator === '||' || operator === '??') {
    return { start, end, kind: 'choice', operator, test: left, whenTrue: left, whenFalse: right };
  }
  return { start, end, kind: 'binary', operator, left, right };
}

/** The expressions directly below a node of a kind that is not read on its own (JSX, yield, tagged templates). */
function childExpressions(node: ts.Node): ts.Expression[] {
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isTypeNode(child)) return;
    if (ts.isExpression(child)) found.push(child);
    else found.push(...childExpressions(child));
  });
  return found;
}
