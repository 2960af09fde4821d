import type { Binding, Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { FileEdits } from '../../text/edits.ts';
import { insertedEdits } from '../handler/inline.ts';
import { isOnePackage } from '../handler/onePackage.ts';
import { addedCloser } from '../handler/places/closers.ts';
import { settling } from '../handler/places/resources.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { isCommonJs } from '../source/moduleSystem.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import type { OpenAtExit } from './openAtExit.ts';
import { addedMethod, methodOf, ownRelease } from './ownMethod.ts';
import { callIn, losesMore, type ReleaseCall, waited } from './releaseCall.ts';

/** A release that nothing in the server can call yet, and what makes it one. */
export interface AddedRelease extends ReleaseCall {
  /** Edits of the files that keep the resource. */
  readonly elsewhere: FileEdits;
}

/**
 * The release of what a module or a class keeps to itself, by a function or a method that is written for it. `undefined`
 * where a function is there, which would have been found, and where the object of the class is no constant of a module.
 */
export function releaseAdded(
  project: Project,
  open: OpenAtExit,
  user: PlannedFile,
): AddedRelease | undefined {
  const owner = plannedFile(project, open.resource.path);
  if (!owner || open.releaser || losesMore(open)) return undefined;
  if (!isOnePackage(project, [{ into: owner }, { into: user }])) return undefined;
  return byNewFunction(open, owner, user) ?? byNewMethod(project, open, owner, user);
}

/** A variable of another module, which is not exported. */
function byNewFunction(
  { resource }: OpenAtExit,
  into: PlannedFile,
  user: PlannedFile,
): AddedRelease | undefined {
  const holder = resource.holders.find(({ kind }) => kind === 'variable');
  const binding = holder?.kind === 'variable' ? into.facts.bindings[holder.binding] : undefined;
  const run =
    binding?.owner === 0 ? settling(resource, binding.kind)?.replace(/\bx\b/, () => binding.name) : undefined;
  const isOther = into.file.path !== user.file.path && isCommonJs(into) === isCommonJs(user);
  if (!binding || !run || !isOther) return undefined;
  const step = addedCloser({ what: resource.what.replace(/ that .*$/, ''), into, binding, run }, user);
  const elsewhere = step?.insertions && insertedEdits(step.insertions);
  if (!step || !elsewhere) return undefined;
  const { joining, lines } = importEdits(step.imports, user, into);
  const statement = waited(step.run, 'promise', resource.row.mayHang ?? false);
  return { name: step.run, statement, imports: [...joining, ...addedLines(lines, user)], elsewhere };
}

/** A field of a class, of which a module makes one object. */
function byNewMethod(
  project: Project,
  open: OpenAtExit,
  owner: PlannedFile,
  user: PlannedFile,
): AddedRelease | undefined {
  const { resource, server } = open;
  const holder = resource.holders.find((each) => each.kind === 'field');
  const cls = holder && owner.facts.classes[holder.cls];
  const own = cls && !cls.extends ? ownRelease(open, holder, cls) : undefined;
  if (!cls || !own) return undefined;
  const taken = new Set([...cls.members, ...cls.initializers].map(({ name }) => name));
  const name = ['close', 'shutdown', 'dispose'].find((each) => !taken.has(each));
  const isOfClass = (expr: Expr, path: string) =>
    expr.kind === 'call' &&
    expr.isNew &&
    server.shutdown.values
      .of(expr.callee, path, 0)
      .some((value) => value.kind === 'class' && value.path === owner.file.path && value.cls === cls.id);
  const made = [...server.execution.live.keys()].flatMap((path) => {
    const file = plannedFile(project, path);
    const objects = file?.facts.bindings.filter((each) =>
      each.values.some(({ expr }) => isOfClass(expr, path)),
    );
    return file ? (objects ?? []).map((binding) => ({ file, binding })) : [];
  });
  const [object, ...others] = made;
  if (!name || !object || others.length > 0 || !isConstant(object.binding)) return undefined;
  const call = callIn(
    user,
    object.file,
    {
      binding: object.binding,
      settles: own.settles === 'at once' ? 'at once' : 'promise',
      write: (variable) => `${variable}.${name}()`,
    },
    own.mayHang || own.settles === 'callback',
  );
  const comment = `/** Closes the ${resource.what.replace(/ that .*$/, '')} when the server shuts down. */`;
  const method = methodOf(name, `${waited(own.code, own.settles, false)};`);
  const edit = addedMethod(owner, cls, `${comment}\n${method}`);
  return call && edit && { ...call, elsewhere: new Map([[owner.file.path, [edit]]]) };
}

function isConstant({ owner, kind, values }: Binding): boolean {
  return owner === 0 && kind === 'const' && values.length === 1;
}
