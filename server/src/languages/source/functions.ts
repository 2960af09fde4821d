import ts from 'typescript';
import { type Context, typeText } from './context.ts';
import { keyOf } from './expressions.ts';
import type { ClassMember, Expr, Parameter, Statement } from './facts.ts';
import { bindPattern, declareBlock, declarePattern, declareVars, partsOfPattern } from './patterns.ts';

/** Reduces a function, method, accessor or constructor and returns its number. */
export function readFunction(
  cx: Context,
  node: ts.FunctionLikeDeclaration,
  name: string,
  ownerClass: number,
): number {
  const id = cx.functions.length;
  const parent = cx.currentFunction;
  const range = cx.rangeOf(node);
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  const fact = {
    id,
    name,
    range,
    body: node.body ? cx.rangeOf(node.body) : range,
    nameRange: node.name ? cx.rangeOf(node.name) : undefined,
    isAsync: modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false,
    isArrow: ts.isArrowFunction(node),
    parameters: [] as Parameter[],
    parametersEnd: node.parameters?.end ?? range.start,
    statements: [] as Statement[],
    parent,
    ownerClass,
  };
  cx.functions.push(fact);
  cx.currentFunction = id;
  cx.inScope(() => {
    if (ts.isFunctionExpression(node) && node.name) {
      cx.bind(cx.declare(node.name, 'function'), { expr: { ...range, kind: 'function', fn: id }, part: [] });
    }
    fact.parameters = (node.parameters ?? []).map((parameter) => readParameter(cx, parameter));
    fact.statements = readFunctionBody(cx, node);
  });
  cx.currentFunction = parent;
  return id;
}

function readParameter(cx: Context, node: ts.ParameterDeclaration): Parameter {
  const bindings = declarePattern(cx, node.name, 'parameter');
  const type = typeText(cx, node.type);
  for (const id of bindings) {
    const binding = cx.bindings[id];
    if (binding && bindings.length === 1) binding.type = type;
  }
  // The patterns' own defaults count as values; what callers pass is found by following calls.
  const fallback = node.initializer && cx.read.expression(cx, node.initializer);
  bindPattern(cx, node.name, fallback);
  const isProperty = (ts.getModifiers(node)?.length ?? 0) > 0;
  return {
    bindings,
    parts: partsOfPattern(node.name),
    isRest: node.dotDotDotToken !== undefined,
    isProperty,
    type,
  };
}

function readFunctionBody(cx: Context, node: ts.FunctionLikeDeclaration): Statement[] {
  const { body } = node;
  if (!body) return [];
  if (!ts.isBlock(body)) {
    const value = cx.read.expression(cx, body);
    return [{ start: value.start, end: value.end, kind: 'return', value }];
  }
  declareVars(cx, body);
  return cx.inScope(() => {
    declareBlock(cx, body.statements);
    return cx.read.statements(cx, body.statements);
  });
}

/** Reduces a class and returns its number. */
export function readClass(cx: Context, node: ts.ClassLikeDeclaration): number {
  const id = cx.classes.length;
  const members: ClassMember[] = [];
  const initializers: { name: string; value: Expr; isStatic: boolean }[] = [];
  const decorators = ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined;
  const heritage = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword);
  const base = heritage?.types[0]?.expression;
  const fact = {
    id,
    name: node.name?.text ?? '',
    range: cx.rangeOf(node),
    extends: undefined as Expr | undefined,
    isDecorated: (decorators?.length ?? 0) > 0,
    members,
    initializers,
  };
  cx.classes.push(fact);
  fact.extends = base && cx.read.expression(cx, base);
  for (const decorator of decorators ?? []) {
    initializers.push({ name: '@', value: cx.read.expression(cx, decorator.expression), isStatic: true });
  }
  for (const member of node.members) {
    const own = ts.canHaveDecorators(member) ? ts.getDecorators(member) : undefined;
    for (const { expression } of own ?? []) {
      initializers.push({ name: '@', value: cx.read.expression(cx, expression), isStatic: true });
    }
    readMember(cx, member, id, members, initializers);
  }
  return id;
}

function readMember(
  cx: Context,
  member: ts.ClassElement,
  cls: number,
  members: ClassMember[],
  initializers: { name: string; value: Expr; isStatic: boolean }[],
): void {
  const name = member.name ? (keyOf(member.name) ?? '') : 'constructor';
  const isStatic = ts.canHaveModifiers(member)
    ? (ts.getModifiers(member)?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false)
    : false;
  if (ts.isClassStaticBlockDeclaration(member)) {
    const fn = cx.read.functionLike(cx, member as unknown as ts.FunctionLikeDeclaration, 'static', cls);
    members.push({ name: 'static', fn, isStatic: true, isGetter: false });
  } else if (ts.isPropertyDeclaration(member)) {
    const value = member.initializer;
    if (!value) return;
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
      members.push({ name, fn: cx.read.functionLike(cx, value, name, cls), isStatic, isGetter: false });
    } else initializers.push({ name, value: cx.read.expression(cx, value), isStatic });
  } else if (ts.isFunctionLike(member) && 'body' in member && member.body) {
    const fn = cx.read.functionLike(cx, member as ts.FunctionLikeDeclaration, name, cls);
    members.push({ name, fn, isStatic, isGetter: ts.isGetAccessor(member) });
  }
}
