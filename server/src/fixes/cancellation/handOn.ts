import type { Binding, Expr, FunctionFact, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf } from '../../languages/source/walk.ts';
import type { CallExpr, Program } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import type { CallStep } from '../../project/tools/cancellation.ts';
import type { FunctionRef } from '../../project/value.ts';
import type { TextEdit } from '../../text/edits.ts';
import { plannedFile } from '../handler/plannedFile.ts';
import { addArguments } from './giveSignal.ts';
import { bindingsNamed, isWithin } from './scopes.ts';
import { addParameter } from './takeSignal.ts';

/** An edit with its file. */
export interface FileEdit {
  readonly path: string;
  readonly edit: TextEdit;
}

/**
 * Hands a signal on to an own function: a last parameter `signal` that may be left out, and an argument for it in the
 * call. `undefined` where the function is used in a way that another parameter could disturb.
 * @param signal the expression by which the caller has the signal
 */
export function handOn(
  { from, call, to }: CallStep,
  signal: string,
  project: Project,
  program: Program,
): FileEdit[] | undefined {
  const [caller, callee] = [plannedFile(project, from.path), plannedFile(project, to.path)];
  const own = callee?.facts.functions[to.fn];
  if (!caller || !callee || !own || call.isNew || !takesOneMore(own)) return undefined;
  const missing = own.parameters.length - call.args.length;
  if (missing < 0 || missing > 2 || call.args.some(({ kind }) => kind === 'spread')) return undefined;
  const isTaken = bindingsNamed(callee.facts, 'signal').some(({ owner }) =>
    isWithin(callee.facts, owner, to.fn),
  );
  const isTypeScript = /\.[cm]?tsx?$/i.test(to.path);
  if (isTaken || !isOnlyCalled(own, to, program)) return undefined;
  if (isTypeScript && !isTypedByItself(call, from, to, program)) return undefined;
  const parameter = addParameter(callee.file.text, own, isTypeScript ? 'signal?: AbortSignal' : 'signal');
  const fillers = Array<string>(missing).fill('undefined');
  const argument = addArguments(call, caller.file.text, [...fillers, signal], call.args.length);
  if (!parameter || !argument) return undefined;
  return [
    ...parameter.map((edit) => ({ path: to.path, edit })),
    ...argument.map((edit) => ({ path: from.path, edit })),
  ];
}

function takesOneMore({ name, parameters, nameRange, ownerClass }: FunctionFact): boolean {
  if (parameters.some(({ isRest }) => isRest)) return false;
  return name !== '' && name !== 'constructor' && (nameRange !== undefined || ownerClass < 0);
}

/** Whether a function is nowhere handed to others, who would call it with arguments of their own. */
function isOnlyCalled({ name, ownerClass }: FunctionFact, { path }: FunctionRef, program: Program): boolean {
  for (const [file, facts] of program.files) {
    const { properties, names } = mentionedIn(facts);
    if (ownerClass >= 0) {
      if (properties.has(name)) return false;
      continue;
    }
    for (const { imported, name: local } of names) {
      if (local === name || imported?.name === name) return false;
      if (imported?.name === 'default' && leadsTo(imported.specifier, file, path, program)) return false;
    }
  }
  return true;
}

function leadsTo(specifier: string, from: string, path: string, program: Program): boolean {
  const resolved = program.resolve(specifier, from);
  return resolved.kind === 'file' && resolved.path === path;
}

/** What a file speaks of, beside what it only calls. */
interface Mentioned {
  /** Functions, and what else may be one. */
  readonly names: ReadonlySet<Pick<Binding, 'name' | 'imported'>>;
  readonly properties: ReadonlySet<string>;
}

const mentions = new WeakMap<SourceFacts, Mentioned>();

function mentionedIn(facts: SourceFacts): Mentioned {
  const before = mentions.get(facts);
  if (before) return before;
  const names = new Set<Pick<Binding, 'name' | 'imported'>>();
  const properties = new Set<string>();
  const visit = (expr: Expr, isCalled: boolean): void => {
    if (!isCalled && expr.kind === 'name') {
      const binding = facts.bindings[expr.binding];
      if (binding && mayBeFunction(binding)) names.add(binding);
    }
    if (!isCalled && expr.kind === 'member') {
      properties.add(expr.property);
      // `api.get` of a module that was imported as a whole.
      if (expr.object.kind === 'name' && facts.bindings[expr.object.binding]?.imported?.name === '*')
        names.add({ name: expr.property, imported: undefined });
    }
    for (const inner of childrenOf(expr)) visit(inner, expr.kind === 'call' && inner === expr.callee);
  };
  const visitBlock = (statements: readonly Statement[]): void => {
    for (const part of statements.flatMap(partsOf)) {
      if (isBlock(part)) visitBlock(part);
      else visit(part, false);
    }
  };
  for (const { statements } of facts.functions) visitBlock(statements);
  for (const { initializers } of facts.classes) for (const { value } of initializers) visit(value, false);
  const found = { names, properties };
  mentions.set(facts, found);
  return found;
}

/** A parameter holds what was spoken of elsewhere; a value that is made is no function. */
function mayBeFunction({ kind, values }: Binding): boolean {
  if (kind === 'parameter' || kind === 'catch') return false;
  return values.length === 0 || values.some(({ expr, part }) => part.length > 0 || expr.kind === 'function');
}

/** Whether the callee's type is that of the function and not of an interface that knows no such parameter. */
function isTypedByItself(call: CallExpr, from: FunctionRef, to: FunctionRef, program: Program): boolean {
  const { callee } = call;
  const facts = program.facts(from.path);
  const own = program.functionAt(to.path, to.fn);
  const className = program.facts(to.path)?.classes[own?.ownerClass ?? -1]?.name;
  if (callee.kind === 'name') return isUntyped(callee, from.path, program);
  if (callee.kind !== 'member') return false;
  if (callee.object.kind === 'this') return true;
  if (callee.object.kind === 'member' && callee.object.object.kind === 'this') {
    const { property } = callee.object;
    return typesOfProperty(property, from, program).every((type) => type === undefined || type === className);
  }
  if (callee.object.kind !== 'name') return false;
  const type = facts?.bindings[callee.object.binding]?.type;
  return type === undefined || type === className;
}

/** Whether a function's variable has no type written, so that it has the function's own. */
function isUntyped({ binding }: Extract<Expr, { kind: 'name' }>, path: string, program: Program): boolean {
  const fact = program.facts(path)?.bindings[binding];
  if (!fact) return false;
  if (!fact.imported) return fact.type === undefined;
  const resolved = program.resolve(fact.imported.specifier, path);
  if (resolved.kind !== 'file') return false;
  const { name } = fact.imported;
  const there = program
    .facts(resolved.path)
    ?.bindings.filter((each) => each.owner === 0 && each.name === name);
  return (there ?? []).every(({ type }) => type === undefined);
}

/** The types written for `this.x`: of a parameter property of that name. */
function typesOfProperty(name: string, { path, fn }: FunctionRef, program: Program): (string | undefined)[] {
  const facts = program.facts(path);
  const ownerClass = facts?.functions[fn]?.ownerClass;
  const maker = facts?.classes[ownerClass ?? -1]?.members.find((member) => member.name === 'constructor');
  const parameters = facts?.functions[maker?.fn ?? -1]?.parameters ?? [];
  return parameters
    .filter(({ isProperty, bindings }) => isProperty && facts?.bindings[bindings[0] ?? -1]?.name === name)
    .map(({ type }) => type);
}
