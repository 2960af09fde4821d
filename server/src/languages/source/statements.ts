import ts from 'typescript';
import type { Context } from './context.ts';
import type { BoundValue, Expr, Statement } from './facts.ts';
import { readExports, readImport } from './modules.ts';
import { bindPattern, declareBlock, declarePattern } from './patterns.ts';

/** Reduces a list of statements whose names the caller has already declared (see `declareBlock`). */
export function readStatements(cx: Context, nodes: readonly ts.Statement[]): Statement[] {
  return nodes.flatMap((node) => readStatement(cx, node));
}

/** Reduces a block or a single statement with a scope of its own. */
function readBody(cx: Context, node: ts.Statement): Statement[] {
  return readBlock(cx, ts.isBlock(node) ? node.statements : [node]);
}

function readBlock(cx: Context, statements: readonly ts.Statement[]): Statement[] {
  return cx.inScope(() => {
    declareBlock(cx, statements);
    return readStatements(cx, statements);
  });
}

function readStatement(cx: Context, node: ts.Statement): Statement[] {
  const at = cx.rangeOf(node);
  const read = (child: ts.Expression) => cx.read.expression(cx, child);

  if (ts.isExpressionStatement(node)) return [{ ...at, kind: 'expression', expr: read(node.expression) }];
  if (ts.isVariableStatement(node)) {
    const declared = readDeclarations(cx, node.declarationList);
    // One variable: the statement is the whole of it, keyword and semicolon included.
    const [only, ...others] = declared;
    if (only && others.length === 0) declared[0] = { ...only, ...at };
    readExports(cx, node);
    return declared;
  }
  if (ts.isFunctionDeclaration(node)) {
    const fn = cx.read.functionLike(cx, node, node.name?.text ?? 'default', -1);
    const value: Expr = { ...at, kind: 'function', fn };
    if (node.name) cx.bind(cx.resolve(node.name.text), { expr: value, part: [] });
    readExports(cx, node, value);
    return [];
  }
  if (ts.isClassDeclaration(node)) {
    const cls = cx.read.classLike(cx, node);
    const value: Expr = { ...at, kind: 'class', cls };
    if (node.name) cx.bind(cx.resolve(node.name.text), { expr: value, part: [] });
    readExports(cx, node, value);
    return [{ ...at, kind: 'class', cls }];
  }
  if (ts.isIfStatement(node)) {
    const test = read(node.expression);
    const then = readBody(cx, node.thenStatement);
    return [
      {
        ...at,
        kind: 'if',
        test,
        then,
        otherwise: node.elseStatement ? readBody(cx, node.elseStatement) : [],
      },
    ];
  }
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) {
    const value = node.expression ? read(node.expression) : undefined;
    return [{ ...at, kind: ts.isReturnStatement(node) ? 'return' : 'throw', value }];
  }
  if (ts.isTryStatement(node)) return [readTry(cx, node)];
  if (ts.isBlock(node)) return [{ ...at, kind: 'block', body: readBody(cx, node) }];
  if (ts.isSwitchStatement(node)) return [readSwitch(cx, node)];
  if (ts.isLabeledStatement(node)) return readStatement(cx, node.statement);
  if (ts.isIterationStatement(node, false)) return [readLoop(cx, node)];
  if (ts.isBreakStatement(node)) return [{ ...at, kind: 'jump', jump: 'break' }];
  if (ts.isContinueStatement(node)) return [{ ...at, kind: 'jump', jump: 'continue' }];
  if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
    return [{ ...at, kind: 'block', body: readBlock(cx, node.body.statements) }];
  }
  return readImport(cx, node);
}

function readDeclarations(cx: Context, list: ts.VariableDeclarationList): Statement[] {
  return list.declarations.map((declaration) => {
    const init = declaration.initializer && readNamed(cx, declaration.name, declaration.initializer);
    const bindings = bindPattern(cx, declaration.name, init, [], declaration.type);
    return { ...cx.rangeOf(declaration), kind: 'declare', bindings, init };
  });
}

/** A function that is stored in a variable takes the variable's name. */
function readNamed(cx: Context, name: ts.BindingName, value: ts.Expression): Expr {
  if (ts.isIdentifier(name) && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))) {
    const fn = cx.read.functionLike(cx, value, name.text, -1);
    return { ...cx.rangeOf(value), kind: 'function', fn };
  }
  return cx.read.expression(cx, value);
}

function readTry(cx: Context, node: ts.TryStatement): Statement {
  const { catchClause, finallyBlock } = node;
  return {
    ...cx.rangeOf(node),
    kind: 'try',
    body: readBody(cx, node.tryBlock),
    handler:
      catchClause &&
      cx.inScope(() => {
        if (catchClause.variableDeclaration)
          declarePattern(cx, catchClause.variableDeclaration.name, 'catch');
        return readBody(cx, catchClause.block);
      }),
    finalizer: finallyBlock && readBody(cx, finallyBlock),
  };
}

function readSwitch(cx: Context, node: ts.SwitchStatement): Statement {
  const subject = cx.read.expression(cx, node.expression);
  const { clauses } = node.caseBlock;
  const cases = cx.inScope(() => {
    for (const clause of clauses) declareBlock(cx, clause.statements);
    return clauses.map((clause) => ({
      test: ts.isCaseClause(clause) ? cx.read.expression(cx, clause.expression) : undefined,
      body: readStatements(cx, clause.statements),
    }));
  });
  return { ...cx.rangeOf(node), kind: 'switch', subject, cases };
}

function readLoop(cx: Context, node: ts.IterationStatement): Statement {
  return cx.inScope(() => {
    const heads: Expr[] = [];
    const bindings: number[] = [];
    const at = cx.rangeOf(node);
    const read = (child: ts.Expression | undefined) => child && heads.push(cx.read.expression(cx, child));
    let loop: 'for' | 'for-of' | 'for-in' | 'while' | 'do' = 'for';
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      loop = ts.isForOfStatement(node) ? 'for-of' : 'for-in';
      const over = cx.read.expression(cx, node.expression);
      heads.push(over);
      bindings.push(...bindLoopVariable(cx, node.initializer, loop === 'for-of' ? over : undefined));
    } else if (ts.isForStatement(node)) {
      if (node.initializer && ts.isVariableDeclarationList(node.initializer)) {
        for (const { name } of node.initializer.declarations)
          bindings.push(...declarePattern(cx, name, 'let'));
        for (const part of readDeclarations(cx, node.initializer)) {
          if (part.kind === 'declare' && part.init) heads.push(part.init);
        }
      } else if (node.initializer) read(node.initializer as ts.Expression);
      read(node.condition);
      read(node.incrementor);
    } else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
      loop = ts.isWhileStatement(node) ? 'while' : 'do';
      read(node.expression);
    }
    return { ...at, kind: 'loop', loop, heads, bindings, body: readBody(cx, node.statement) };
  });
}

function bindLoopVariable(cx: Context, initializer: ts.ForInitializer, over: Expr | undefined): number[] {
  const part: BoundValue['part'] = [{ kind: 'element' }];
  if (!ts.isVariableDeclarationList(initializer)) {
    const target = cx.read.expression(cx, initializer);
    if (over && target.kind === 'name' && target.binding >= 0) cx.bind(target.binding, { expr: over, part });
    return [];
  }
  return initializer.declarations.flatMap(({ name, type }) => {
    declarePattern(cx, name, 'const');
    return bindPattern(cx, name, over, part, type);
  });
}
