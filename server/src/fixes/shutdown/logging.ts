import type { Expr, FunctionFact, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import type { HandlerCode } from './handlerCode.ts';

/** The arguments of a call that logs `error`, with a few words in front or behind. */
type Form = (words: string) => string;

const messageFirst: Form = (words) => `'${words}:', error`;

const objectFirst =
  (key: string): Form =>
  (words) =>
    `${holding(key)}, '${words} failed'`;

const objectLast =
  (key: string): Form =>
  (words) =>
    `'${words} failed', ${holding(key)}`;

function holding(key: string): string {
  return key === 'error' ? '{ error }' : `{ ${key}: error }`;
}

/** What loggers of packages take; others are known by how the file calls them already. */
const formsOfPackages: readonly (readonly [RegExp, Form])[] = [
  [/^(winston|loglevel|consola|log4js|tslog)$/, messageFirst],
  [/^(pino|bunyan|fastify)$/, objectFirst('err')],
];

/**
 * The statement that logs `error` with a few words: by the logger that the function, or one around it, writes with, where
 * it is certain what that takes; else by `console.error`.
 */
export function logLine(project: Project, code: HandlerCode, words: string): string {
  let fn: FunctionFact | undefined = code.fn;
  while (fn && fn.id !== 0) {
    for (const logger of loggersIn(fn, code)) {
      const form = formOf(project, logger, code);
      if (form) return `${writtenLogger(logger, code)}error(${form(words)});`;
    }
    // What `this` is outside is another question.
    fn = fn.isArrow ? code.facts.functions[fn.parent] : undefined;
  }
  return `console.error(${messageFirst(words)});`;
}

type MethodCall = CallExpr & { readonly callee: Extract<Expr, { kind: 'member' }> };

/** Calls of methods by which loggers write; those of `error` first. */
function loggersIn(fn: FunctionFact, code: HandlerCode): MethodCall[] {
  const found: MethodCall[] = [];
  walkStatements(fn.statements, (expr) => {
    if (isLogging(expr) && isInSight(expr.callee.object, fn, code)) found.push(expr);
  });
  return found.sort((a, b) => Number(isError(b)) - Number(isError(a)));
}

function isLogging(expr: Expr): expr is MethodCall {
  return (
    expr.kind === 'call' &&
    !expr.isNew &&
    expr.callee.kind === 'member' &&
    /^(error|warn|info)$/.test(expr.callee.property)
  );
}

function isError({ callee }: MethodCall): boolean {
  return callee.property === 'error';
}

/** `logger`, `this.logger`, `app.log`: by a name that all of a function can use. */
function isInSight(object: Expr, fn: FunctionFact, { text, facts }: HandlerCode): boolean {
  const written = text.slice(object.start, object.end);
  if (written === 'console' || !/^(this\.)?#?[\w$]+(\??\.[\w$]+)?$/.test(written)) return false;
  const root = rootOf(object);
  const binding = root.kind === 'name' ? facts.bindings[root.binding] : undefined;
  return binding?.owner !== fn.id || binding.kind === 'parameter';
}

function rootOf(expr: Expr): Expr {
  return expr.kind === 'member' ? rootOf(expr.object) : expr;
}

/** `logger.` or `logger?.`, as the author writes it. */
function writtenLogger({ callee }: MethodCall, { text }: HandlerCode): string {
  return text.slice(callee.start, callee.propertyStart);
}

function formOf(project: Project, logger: MethodCall, code: HandlerCode): Form | undefined {
  if (isEnded(logger, code)) return undefined;
  const values = project.servers[0]?.calls.values;
  const found = values?.of(logger.callee.object, code.path, code.fn.id) ?? [];
  const [value, ...others] = found;
  if (value?.kind === 'foreign' && others.length === 0) {
    const known = formsOfPackages.find(([name]) => name.test(value.module));
    // Of Fastify only what it logs with.
    if (known && (value.module !== 'fastify' || /\.log$/.test(value.member))) return known[1];
  }
  return formInUse(logger, code);
}

/** Whether something ends the logger: then it may be over before the failure is there. */
function isEnded(logger: MethodCall, { facts, text }: HandlerCode): boolean {
  const name = writtenObject(logger, text);
  let found = false;
  for (const { statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind !== 'call' || expr.callee.kind !== 'member') return;
      const { object, property } = expr.callee;
      found ||=
        /^(end|close|destroy|shutdown)$/.test(property) && text.slice(object.start, object.end) === name;
    });
  }
  return found;
}

function writtenObject({ callee: { object } }: MethodCall, text: string): string {
  return text.slice(object.start, object.end);
}

/** By another call of its method `error` that is given what a `catch` has caught. */
function formInUse(logger: MethodCall, code: HandlerCode): Form | undefined {
  const { facts, text } = code;
  const name = writtenObject(logger, text);
  let form: Form | undefined;
  for (const { statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (!isLogging(expr) || !isError(expr) || writtenObject(expr, text) !== name) return;
      if (isSameRoot(expr, logger, facts)) form ??= formOfArguments(expr.args, code);
    });
  }
  return form;
}

function isSameRoot(a: MethodCall, b: MethodCall, { bindings }: SourceFacts): boolean {
  const [one, other] = [rootOf(a.callee.object), rootOf(b.callee.object)];
  return one.kind !== 'name' || (other.kind === 'name' && bindings[one.binding] === bindings[other.binding]);
}

function formOfArguments(args: readonly Expr[], code: HandlerCode): Form | undefined {
  const [first, second, ...others] = args;
  if (!first || !second || others.length > 0) return undefined;
  if (isMessage(first) && isCaught(second, code)) return messageFirst;
  const [object, message] = first.kind === 'object' ? [first, second] : [second, first];
  if (object.kind !== 'object' || !isMessage(message) || object.properties.length !== 1) return undefined;
  const [property] = object.properties;
  if (property?.key === undefined || !isCaught(property.value, code)) return undefined;
  return object === first ? objectFirst(property.key) : objectLast(property.key);
}

function isMessage(expr: Expr): boolean {
  return (expr.kind === 'literal' && typeof expr.value === 'string') || expr.kind === 'template';
}

/** What a `catch` has caught has no type that somebody gave it. */
function isCaught(expr: Expr, { facts }: HandlerCode): boolean {
  const binding = expr.kind === 'name' ? facts.bindings[expr.binding] : undefined;
  return binding?.kind === 'catch' && (binding.type === undefined || binding.type === 'unknown');
}
