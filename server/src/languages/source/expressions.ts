import ts from 'typescript';
import type { Context } from './context.ts';
import type { Expr, Property } from './facts.ts';

/** Reduces one expression. Unknown kinds keep their sub-expressions, in order, as `other`. */
export function readExpression(cx: Context, node: ts.Expression): Expr {
  const { start, end } = cx.rangeOf(node);
  const at = { start, end };
  const read = (child: ts.Expression) => cx.read.expression(cx, child);

  if (ts.isIdentifier(node)) {
    if (node.text === 'undefined') return { ...at, kind: 'literal', value: undefined };
    return { ...at, kind: 'name', name: node.text, binding: cx.resolve(node.text) };
  }
  if (isWrapper(node)) return read(node.expression);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return { ...at, kind: 'literal', value: node.text };
  }
  if (ts.isNumericLiteral(node))
    return { ...at, kind: 'literal', value: Number(node.text.replaceAll('_', '')) };
  if (ts.isTemplateExpression(node)) {
    return {
      ...at,
      kind: 'template',
      texts: [node.head.text, ...node.templateSpans.map((span) => span.literal.text)],
      parts: node.templateSpans.map((span) => read(span.expression)),
    };
  }
  if (ts.isPropertyAccessExpression(node)) {
    return {
      ...at,
      kind: 'member',
      object: read(node.expression),
      property: node.name.text,
      propertyStart: node.name.getStart(cx.file),
    };
  }
  if (ts.isElementAccessExpression(node)) return readIndex(cx, node);
  if (ts.isCallExpression(node)) return readCall(cx, node);
  if (ts.isNewExpression(node)) {
    const args = (node.arguments ?? []).map(read);
    return { ...at, kind: 'call', callee: read(node.expression), args, isNew: true };
  }
  if (ts.isAwaitExpression(node)) return { ...at, kind: 'await', operand: read(node.expression) };
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    return { ...at, kind: 'function', fn: cx.read.functionLike(cx, node, node.name?.text ?? '', -1) };
  }
  if (ts.isClassExpression(node)) return { ...at, kind: 'class', cls: cx.read.classLike(cx, node) };
  if (ts.isArrayLiteralExpression(node)) return { ...at, kind: 'array', elements: node.elements.map(read) };
  if (ts.isObjectLiteralExpression(node)) {
    return { ...at, kind: 'object', properties: node.properties.flatMap((p) => readProperty(cx, p)) };
  }
  if (ts.isSpreadElement(node)) return { ...at, kind: 'spread', operand: read(node.expression) };
  if (ts.isConditionalExpression(node)) {
    return {
      ...at,
      kind: 'choice',
      operator: '?:',
      test: read(node.condition),
      whenTrue: read(node.whenTrue),
      whenFalse: read(node.whenFalse),
    };
  }
  if (ts.isBinaryExpression(node)) return readBinary(cx, node);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const operator = ts.tokenToString(node.operator) ?? '';
    const operand = read(node.operand);
    if (operator === '-' && operand.kind === 'literal' && typeof operand.value === 'number') {
      return { ...at, kind: 'literal', value: -operand.value };
    }
    return { ...at, kind: 'unary', operator, operand };
  }
  if (ts.isTypeOfExpression(node))
    return { ...at, kind: 'unary', operator: 'typeof', operand: read(node.expression) };
  if (ts.isVoidExpression(node))
    return { ...at, kind: 'unary', operator: 'void', operand: read(node.expression) };
  if (ts.isDeleteExpression(node))
    return { ...at, kind: 'unary', operator: 'delete', operand: read(node.expression) };
  return readKeyword(node, at) ?? { ...at, kind: 'other', children: childExpressions(node).map(read) };
}

/** Parentheses, `as`, `satisfies`, `<T>x` and `x!` change nothing at run time. */
function isWrapper(
  node: ts.Expression,
): node is
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.TypeAssertion
  | ts.NonNullExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node)
  );
}

function readKeyword(node: ts.Expression, at: { start: number; end: number }): Expr | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return { ...at, kind: 'this' };
    case ts.SyntaxKind.SuperKeyword:
      return { ...at, kind: 'super' };
    case ts.SyntaxKind.TrueKeyword:
      return { ...at, kind: 'literal', value: true };
    case ts.SyntaxKind.FalseKeyword:
      return { ...at, kind: 'literal', value: false };
    case ts.SyntaxKind.NullKeyword:
      return { ...at, kind: 'literal', value: null };
    default:
      return undefined;
  }
}

function readIndex(cx: Context, node: ts.ElementAccessExpression): Expr {
  const at = cx.rangeOf(node);
  const object = cx.read.expression(cx, node.expression);
  const key = node.argumentExpression;
  if (key && ts.isStringLiteralLike(key)) {
    return { ...at, kind: 'member', object, property: key.text, propertyStart: key.getStart(cx.file) };
  }
  return { ...at, kind: 'index', object, index: cx.read.expression(cx, key) };
}

function readCall(cx: Context, node: ts.CallExpression): Expr {
  const at = cx.rangeOf(node);
  const loaded = loadedModule(cx, node);
  if (loaded !== undefined) {
    const how = node.expression.kind === ts.SyntaxKind.ImportKeyword ? 'import' : 'require';
    const kind = how === 'require' && cx.currentFunction === 0 ? 'static' : 'dynamic';
    cx.imports.push({ specifier: loaded, range: at, kind });
    return { ...at, kind: 'module', specifier: loaded, how };
  }
  const args = node.arguments.map((argument) => cx.read.expression(cx, argument));
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return { ...at, kind: 'other', children: args };
  return { ...at, kind: 'call', callee: cx.read.expression(cx, node.expression), args, isNew: false };
}

/** The specifier of `import('x')` or of a global `require('x')`. */
function loadedModule(cx: Context, node: ts.CallExpression): string | undefined {
  const [first] = node.arguments;
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
  return [{ key, value: { ...cx.rangeOf(node), kind: 'function', fn } }];
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

function readBinary(cx: Context, node: ts.BinaryExpression): Expr {
  const at = cx.rangeOf(node);
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '';
  const left = cx.read.expression(cx, node.left);
  const right = cx.read.expression(cx, node.right);
  if (
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  ) {
    if (left.kind === 'name' && left.binding >= 0) cx.bind(left.binding, { expr: right, part: [] });
    return { ...at, kind: 'assign', target: left, value: right, operator };
  }
  if (operator === '&&')
    return { ...at, kind: 'choice', operator, test: left, whenTrue: right, whenFalse: left };
  if (operator === '||' || operator === '??') {
    return { ...at, kind: 'choice', operator, test: left, whenTrue: left, whenFalse: right };
  }
  return { ...at, kind: 'binary', operator, left, right };
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
