import type { Binding, Expr, FunctionFact, SourceFacts } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { HeldResource } from '../../project/resources/resource.ts';
import type { ResourceRow } from '../../project/resources/row.ts';
import type { TextEdit } from '../../text/edits.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { importedAs, importPath } from '../source/imports.ts';
import { exportedValues, isCommonJs } from '../source/moduleSystem.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import type { OpenAtExit } from './openAtExit.ts';

/** How a resource can be released in a file. */
export interface ReleaseCall {
  /** `pool.end()` */
  readonly name: string;
  /** `await pool.end()`, without the semicolon; of several lines where it needs a callback and a limit. */
  readonly statement: string;
  readonly imports: readonly TextEdit[];
}

/**
 * The call that releases a resource in a file: the function that is there for it, else the library's own way on the
 * variable that holds it. `undefined` where neither is a name of the module's top level, exported if need be.
 */
export function releaseFor(project: Project, open: OpenAtExit, user: PlannedFile): ReleaseCall | undefined {
  const { resource, releaser } = open;
  const owner = plannedFile(project, releaser?.path ?? resource.path);
  if (!owner || losesMore(open)) return undefined;
  const found = releaser ? byFunction(releaser.fn, owner, resource.row) : byLibrary(resource, owner);
  return found && callIn(user, owner, found, resource.row.mayHang ?? false);
}

/** The call of an async function that writes out what the program gathers: `flushEvents()`, `trail.flush()`. */
export function flushFor(
  project: Project,
  { path, fn }: { readonly path: string; readonly fn: number },
  user: PlannedFile,
): ReleaseCall | undefined {
  const owner = plannedFile(project, path);
  const found = owner && byFunction(fn, owner, { settles: 'promise' });
  return owner && found && callIn(user, owner, found, true);
}

/** The call in a file, with what it has to import; `undefined` where the variable cannot be named there. */
export function callIn(
  user: PlannedFile,
  owner: PlannedFile,
  { binding, settles, write }: Way,
  mayHang: boolean,
): ReleaseCall | undefined {
  const named = nameIn(user, binding, owner);
  if (!named) return undefined;
  const call = write(named.name);
  // A promise that never settles would keep the later steps from running.
  const needsLimit = mayHang && !user.facts.bindings.some(({ name }) => name === 'setTimeout');
  return {
    name: call.replace('?.', '.'),
    statement: waited(call, settles, needsLimit),
    imports: named.imports,
  };
}

/** Whether what would be called cuts something else off: a logger that is ended drops what it is about to send. */
export function losesMore({ resource, server }: OpenAtExit): boolean {
  if (resource.row.endsEarly) return true;
  const { keeper } = resource;
  return keeper !== undefined && server.held.some((other) => other.keeper === keeper && other.row.endsEarly);
}

/** What releases the resource, with the variable of the module that it is called by. */
interface Way {
  readonly binding: Binding;
  readonly settles: ResourceRow['settles'];
  write(name: string): string;
}

function byFunction(fn: number, owner: PlannedFile, row: Pick<ResourceRow, 'settles'>): Way | undefined {
  const { facts } = owner;
  const fact = facts.functions[fn];
  const isMethod = fact !== undefined && fact.ownerClass >= 0;
  const binding = facts.bindings.find(
    ({ owner, values }) =>
      owner === 0 &&
      values.some(({ expr }) =>
        isMethod ? isInstance(expr, fact.ownerClass, facts) : expr.kind === 'function' && expr.fn === fn,
      ),
  );
  if (!fact || !binding || fact.parameters.length > 0) return undefined;
  if (isMethod && (binding.kind !== 'const' || !isPublic(fact, owner))) return undefined;
  const settles = fact.isAsync || row.settles !== 'at once' ? 'promise' : 'at once';
  return { binding, settles, write: (name) => (isMethod ? `${name}.${fact.name}()` : `${name}()`) };
}

/** Whether a method can be called on an object from outside. */
function isPublic({ id, range, nameRange, ownerClass }: FunctionFact, { facts, file }: PlannedFile): boolean {
  const member = facts.classes[ownerClass]?.members.find(({ fn }) => fn === id);
  const name = nameRange ?? range;
  const before = file.text.slice(file.text.lastIndexOf('\n', name.start) + 1, name.start);
  return (
    member?.isStatic === false && !/\b(private|protected)\b/.test(before) && file.text[name.start] !== '#'
  );
}

/** `export const database = new Database()` beside the class. */
function isInstance(expr: Expr, cls: number, { bindings }: SourceFacts): boolean {
  if (expr.kind !== 'call' || !expr.isNew || expr.callee.kind !== 'name') return false;
  const made = bindings[expr.callee.binding]?.values ?? [];
  return made.some(({ expr: value }) => value.kind === 'class' && value.cls === cls);
}

function byLibrary(resource: HeldResource, { facts }: PlannedFile): Way | undefined {
  const holder = resource.holders.find(({ kind }) => kind === 'variable');
  const binding = holder?.kind === 'variable' ? facts.bindings[holder.binding] : undefined;
  const [release = ''] = resource.releases;
  if (binding?.owner !== 0 || !release.startsWith('x.')) return undefined;
  const isAlways = binding.kind === 'const' && binding.values.every(({ expr }) => isOpening(expr, resource));
  const { settles } = resource.row;
  // A callback that is never called back would be waited for for ever.
  if (!isAlways && settles === 'callback') return undefined;
  const write = (name: string) => release.replace('x.', () => (isAlways ? `${name}.` : `${name}?.`));
  return { binding, settles, write };
}

function isOpening(expr: Expr, resource: HeldResource): boolean {
  if (expr.kind === 'await') return isOpening(expr.operand, resource);
  if (expr === resource.call || expr === resource.keeper) return true;
  // `createClient().on('error', log).connect()`
  return expr.kind === 'call' && expr.callee.kind === 'member' && isOpening(expr.callee.object, resource);
}

/** The name that a variable has in the user's file, with what has to be imported for that. */
function nameIn(
  user: PlannedFile,
  binding: Binding,
  owner: PlannedFile,
): { name: string; imports: readonly TextEdit[] } | undefined {
  const { name } = binding;
  const others = user.facts.bindings.filter((other) => other.name === name);
  if (owner.file.path === user.file.path) return others.length === 1 ? { name, imports: [] } : undefined;
  const isRequired = isCommonJs(owner);
  const isExported = exportedValues(owner.facts).some(
    (each) => each.name === name && isNamed(each.value, binding),
  );
  // What is required is what the variable holds while its file is loaded.
  if (!isExported || (isRequired && /^(let|var)$/.test(binding.kind))) return undefined;
  if (isCommonJs(user) && !isRequired) return undefined;
  const specifier = importPath(user.file.path, owner.file.path, user, owner);
  const known = others.find((other) => {
    const imported = importedAs(other);
    return imported?.name === name && imported.specifier === specifier;
  });
  if (known && others.length === 1) return { name, imports: [] };
  if (others.length > 0) return undefined;
  const { joining, lines } = importEdits([{ name, from: owner.file.path }], user, owner);
  return { name, imports: [...joining, ...addedLines(lines, user)] };
}

function isNamed(value: Expr, { id, values }: Binding): boolean {
  return (
    (value.kind === 'name' && value.binding === id) ||
    values.some(({ expr }) => expr === value) ||
    (value.kind === 'function' && values.some(({ expr }) => expr.kind === 'function' && expr.fn === value.fn))
  );
}

/** The statement that waits for a release as long as that makes sense. */
export function waited(call: string, settles: Way['settles'], needsLimit: boolean): string {
  switch (settles) {
    case 'at once':
      return call;
    case 'callback':
      return needsLimit
        ? `await new Promise((resolve) => {\n  ${call.slice(0, -1)}resolve);\n  setTimeout(resolve, 2_000);\n})`
        : `await new Promise((resolve) => ${call.slice(0, -1)}resolve))`;
    default:
      return needsLimit
        ? `await Promise.race([${call}, new Promise((resolve) => setTimeout(resolve, 2_000))])`
        : `await ${call}`;
  }
}
