import ts from 'typescript';
import { type Context, typeText } from './context.ts';
import type { BindingKind, Expr, ValuePart } from './facts.ts';

/** Introduces every name of a binding pattern into the current scope and returns the bindings. */
export function declarePattern(cx: Context, name: ts.BindingName, kind: BindingKind): number[] {
  if (ts.isIdentifier(name)) return [cx.declare(name, kind)];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? declarePattern(cx, element.name, kind) : [],
  );
}

/**
 * Tells the bindings of a pattern which part of `source` each one holds, defaults included.
 * Returns the bindings in the order of the text.
 */
export function bindPattern(
  cx: Context,
  name: ts.BindingName,
  source: Expr | undefined,
  part: readonly ValuePart[] = [],
  type?: ts.TypeNode,
): number[] {
  if (ts.isIdentifier(name)) {
    const id = cx.resolve(name.text);
    if (id < 0) return [];
    if (source) cx.bind(id, { expr: source, part });
    const binding = cx.bindings[id];
    if (binding && type) binding.type = typeText(cx, type);
    return [id];
  }
  return name.elements.flatMap((element, index) => {
    if (!ts.isBindingElement(element)) return [];
    const inner = [...part, partOf(name, element, index)];
    const ids = bindPattern(cx, element.name, source, inner);
    if (element.initializer) {
      const fallback = cx.read.expression(cx, element.initializer);
      for (const id of ids) cx.bind(id, { expr: fallback, part: [] });
    }
    return ids;
  });
}

/** Which part of its value each name of a pattern holds, in the order of the text. */
export function partsOfPattern(
  name: ts.BindingName,
  part: readonly ValuePart[] = [],
): (readonly ValuePart[])[] {
  if (ts.isIdentifier(name)) return [part];
  return name.elements.flatMap((element, index) =>
    ts.isBindingElement(element) ? partsOfPattern(element.name, [...part, partOf(name, element, index)]) : [],
  );
}

function partOf(pattern: ts.BindingPattern, element: ts.BindingElement, index: number): ValuePart {
  if (element.dotDotDotToken) return { kind: 'rest' };
  if (ts.isArrayBindingPattern(pattern)) return { kind: 'property', name: String(index) };
  const key = element.propertyName ?? element.name;
  return ts.isIdentifier(key) || ts.isStringLiteral(key)
    ? { kind: 'property', name: key.text }
    : { kind: 'element' };
}

/**
 * Introduces what a list of statements declares in its own block: `let`, `const`, classes, functions, imports,
 * enums. Done before the statements are read, because functions are used above their declaration.
 */
export function declareBlock(cx: Context, statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const { name } of statement.declarationList.declarations) {
        declarePattern(cx, name, isConst ? 'const' : 'let');
      }
    } else if (ts.isFunctionDeclaration(statement)) {
      if (statement.name) cx.declare(statement.name, 'function');
    } else if (ts.isClassDeclaration(statement)) {
      if (statement.name) cx.declare(statement.name, 'class');
    } else if (ts.isEnumDeclaration(statement)) {
      cx.declare(statement.name, 'other');
    } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      cx.declare(statement.name, 'other');
    }
  }
}

/** Introduces every `var` of a function body (not of the functions inside it) into the current scope. */
export function declareVars(cx: Context, body: ts.Node): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      for (const { name } of node.declarations) declarePattern(cx, name, 'var');
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
}
