import type { Expr, FunctionFact } from '../../languages/source/facts.ts';
import type { CertainCalls } from '../../project/certainCalls.ts';
import type { CallExpr, Program } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import type { CallStep } from '../../project/tools/cancellation.ts';
import type { FunctionRef } from '../../project/value.ts';
import type { TextEdit } from '../../text/edits.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { addArguments } from './giveSignal.ts';
import { isOnlyCalled } from './onlyCalled.ts';
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
  calls: CertainCalls,
): FileEdit[] | undefined {
  const [caller, callee] = [plannedFile(project, from.path), plannedFile(project, to.path)];
  const own = callee?.facts.functions[to.fn];
  if (!caller || !callee || !own || call.isNew || !takesOneMore(own, callee)) return undefined;
  const missing = own.parameters.length - call.args.length;
  if (missing < 0 || missing > 2 || call.args.some(({ kind }) => kind === 'spread')) return undefined;
  const isTaken = bindingsNamed(callee.facts, 'signal').some(({ owner }) =>
    isWithin(callee.facts, owner, to.fn),
  );
  const isTypeScript = /\.[cm]?tsx?$/i.test(to.path);
  if (isTaken || !isOnlyCalled(own, to, calls.values)) return undefined;
  if (isTypeScript && !isTypedByItself(call, from, to, calls.program)) return undefined;
  const parameter = addParameter(callee.file.text, own, isTypeScript ? 'signal?: AbortSignal' : 'signal');
  const fillers = Array<string>(missing).fill('undefined');
  const argument = addArguments(call, caller.file.text, [...fillers, signal], call.args.length);
  if (!parameter || !argument) return undefined;
  return [
    ...parameter.map((edit) => ({ path: to.path, edit })),
    ...argument.map((edit) => ({ path: from.path, edit })),
  ];
}

function takesOneMore(
  { name, parameters, nameRange, ownerClass, range }: FunctionFact,
  { file }: PlannedFile,
) {
  if (parameters.some(({ isRest }) => isRest) || name === '' || name === 'constructor') return false;
  if (nameRange !== undefined || ownerClass < 0) return true;
  // A function in a field: whether that has a type of its own stands in front of it.
  return /([\w$#]+)\s*=\s*$/.exec(file.text.slice(0, range.start))?.[1] === name;
}

/** Whether the callee's type is that of the function and not of an interface that knows no such parameter. */
function isTypedByItself(call: CallExpr, from: FunctionRef, to: FunctionRef, program: Program): boolean {
  const { callee } = call;
  const facts = program.facts(from.path);
  const own = program.functionAt(to.path, to.fn);
  const className = program.facts(to.path)?.classes[own?.ownerClass ?? -1]?.name;
  if (callee.kind === 'name') return isUntyped(callee, from.path, program);
  if (callee.kind !== 'member') return false;
  const isMade = callee.object.kind === 'call' && callee.object.isNew;
  if (callee.object.kind === 'this' || isMade) return true;
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
