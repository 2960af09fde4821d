import ts from 'typescript';
import type { Context } from './context.ts';
import type { Expr, Statement } from './facts.ts';

/** Reads import and export statements; other statements that bring no value (types, enums) give nothing. */
export function readImport(cx: Context, node: ts.Statement): Statement[] {
  if (ts.isImportEqualsDeclaration(node)) readImportEquals(cx, node);
  else if (ts.isExportDeclaration(node)) readExportDeclaration(cx, node);
  else if (ts.isExportAssignment(node)) {
    const value = cx.read.expression(cx, node.expression);
    cx.exports.push({ kind: 'value', name: node.isExportEquals ? 'export=' : 'default', value });
    return [{ ...cx.rangeOf(node), kind: 'expression', expr: value }];
  }
  return [];
}

/**
 * Introduces the names of all imports of a file. Done first: imports are hoisted.
 * Type-only imports load nothing and are left out.
 */
export function declareImports(cx: Context, statements: readonly ts.Statement[]): void {
  for (const node of statements) {
    if (ts.isImportEqualsDeclaration(node) && !node.isTypeOnly) cx.declare(node.name, 'import');
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    const clause = node.importClause;
    if (clause?.isTypeOnly) continue;
    const specifier = node.moduleSpecifier.text;
    const named = clause?.namedBindings;
    if (named && ts.isNamedImports(named) && !clause.name && named.elements.length > 0) {
      if (named.elements.every((element) => element.isTypeOnly)) continue;
    }
    cx.imports.push({ specifier, range: cx.rangeOf(node.moduleSpecifier), kind: 'static' });
    if (clause?.name) declareImport(cx, clause.name, specifier, 'default');
    if (named && ts.isNamespaceImport(named)) declareImport(cx, named.name, specifier, '*');
    if (named && ts.isNamedImports(named)) {
      for (const element of named.elements) {
        if (!element.isTypeOnly)
          declareImport(cx, element.name, specifier, (element.propertyName ?? element.name).text);
      }
    }
  }
}

function declareImport(cx: Context, local: ts.Identifier, specifier: string, name: string): void {
  const binding = cx.bindings[cx.declare(local, 'import')];
  if (binding) binding.imported = { specifier, name };
}

function readImportEquals(cx: Context, node: ts.ImportEqualsDeclaration): void {
  const reference = node.moduleReference;
  if (node.isTypeOnly || !ts.isExternalModuleReference(reference)) return;
  if (!ts.isStringLiteral(reference.expression)) return;
  const specifier = reference.expression.text;
  cx.imports.push({ specifier, range: cx.rangeOf(reference.expression), kind: 'static' });
  declareImport(cx, node.name, specifier, 'export=');
}

function readExportDeclaration(cx: Context, node: ts.ExportDeclaration): void {
  if (node.isTypeOnly) return;
  const from = node.moduleSpecifier;
  const specifier = from && ts.isStringLiteral(from) ? from.text : undefined;
  const clause = node.exportClause;
  const elements = clause && ts.isNamedExports(clause) ? clause.elements.filter((e) => !e.isTypeOnly) : [];
  if (specifier !== undefined) {
    if (clause && ts.isNamedExports(clause) && clause.elements.length > 0 && elements.length === 0) return;
    cx.imports.push({ specifier, range: cx.rangeOf(from as ts.Node), kind: 'static' });
    if (!clause) cx.exports.push({ kind: 'all', specifier });
    else if (ts.isNamespaceExport(clause)) {
      cx.exports.push({ kind: 'from', name: clause.name.text, specifier, imported: '*' });
    }
  }
  for (const element of elements) {
    const local = element.propertyName ?? element.name;
    const name = element.name.text;
    if (specifier !== undefined) cx.exports.push({ kind: 'from', name, specifier, imported: local.text });
    else if (ts.isIdentifier(local)) {
      cx.exports.push({ kind: 'value', name, value: cx.read.expression(cx, local) });
    }
  }
}

/** Notes what a declaration with an `export` keyword gives to others. */
export function readExports(
  cx: Context,
  node: ts.VariableStatement | ts.FunctionDeclaration | ts.ClassDeclaration,
  value?: Expr,
): void {
  const has = (kind: ts.SyntaxKind) => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
  if (!has(ts.SyntaxKind.ExportKeyword)) return;
  if (!ts.isVariableStatement(node)) {
    const name = has(ts.SyntaxKind.DefaultKeyword) ? 'default' : node.name?.text;
    if (name && value) cx.exports.push({ kind: 'value', name, value });
    return;
  }
  for (const { name } of node.declarationList.declarations) {
    for (const identifier of namesIn(name)) {
      cx.exports.push({ kind: 'value', name: identifier.text, value: cx.read.expression(cx, identifier) });
    }
  }
}

function namesIn(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}
