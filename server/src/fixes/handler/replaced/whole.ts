import type { Statement } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { functionKey } from '../../../project/value.ts';
import type { Range } from '../../../text/range.ts';
import type { Insertion } from '../../source/insertion.ts';
import { freeName, isExported, usesOfBinding } from '../../source/names.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { isVisible, usesOf } from '../../source/scope.ts';
import { placeOf } from '../../source/statements.ts';
import { areAlternatives } from '../places/alternatives.ts';
import type { Step } from '../places/resources.ts';
import type { ServingPlace } from '../places/serving.ts';
import { commentsAt, keptComments } from './comments.ts';
import type { ReplacedListeners } from './index.ts';
import { registrationOf } from './registration.ts';
import { removals } from './removal.ts';
import type { StopListener } from './stdin.ts';
import { namesCalled } from './steps.ts';
import { tailExits } from './tailExits.ts';

/** What the kept function is called, the first that is free. */
const cleanUpNames = ['cleanUp', 'closeDown', 'releaseAll'];

/** Listeners that share one function. */
interface OldFunction {
  readonly into: PlannedFile;
  readonly fn: number;
  readonly listeners: readonly StopListener[];
  readonly statements: readonly Statement[];
}

/**
 * Where a handler does more than can be taken apart: its function stays where it is, without its exits, and is called
 * after the drain. `undefined` where that would not do the same.
 */
export function keptWhole(
  project: Project,
  server: McpServer,
  places: readonly ServingPlace[],
  replaced: readonly StopListener[],
  listeners: ReadonlySet<string>,
): ReplacedListeners | undefined {
  const [old, ...others] = oldFunctions(project, server, places, replaced) ?? [];
  if (!old || others.length > 0) return undefined;
  const { into, fn } = old;
  const own = places.filter((place) =>
    old.listeners.some((each) => !areAlternatives(each, place.start, server)),
  );
  const called = namesCalled([{ path: into.file.path, fn }], server.calls);
  // A wait of its own would hardly come to its end within the time that a step has.
  if (called.has('setTimeout') || [...listeners].some((name) => called.has(`${name}.close`)))
    return undefined;
  const kept = keptFunction(old, own, server);
  if (!kept) return undefined;
  const step: Step = { what: 'clean-up', run: `${kept.name}()`, imports: [] };
  return {
    insertions: kept.insertions,
    around: { first: [], last: [], bindings: [], namesCause: false },
    steps: new Map(places.map((place) => [place, own.includes(place) ? [step] : []])),
    comments: commentsAt(
      new Map([[into, keptComments(into, kept.removed, [], { flags: new Set(), variables: [] })]]),
      own,
      () => true,
    ),
    closing: [],
    called,
  };
}

function oldFunctions(
  project: Project,
  { calls }: McpServer,
  places: readonly ServingPlace[],
  replaced: readonly StopListener[],
): OldFunction[] | undefined {
  const found = new Map<string, OldFunction>();
  for (const listener of replaced) {
    const into = plannedFile(project, listener.path);
    const registered = into && registrationOf({ into, places }, listener);
    const [, handler, ...more] = listener.call.args;
    const refs = handler ? calls.functions(handler, listener.path, listener.fn) : [];
    const [ref] = refs;
    if (!registered || !ref || refs.length > 1 || more.length > 0 || ref.path !== listener.path)
      return undefined;
    const key = functionKey(ref);
    const known = found.get(key);
    found.set(key, {
      into,
      fn: ref.fn,
      listeners: [...(known?.listeners ?? []), listener],
      statements: [...(known?.statements ?? []), registered.statement],
    });
  }
  return [...found.values()];
}

/** A function that stays. */
interface KeptFunction {
  readonly name: string;
  readonly insertions: readonly Insertion[];
  /** What of the file is taken out around it. */
  readonly removed: readonly Range[];
}

/** The function without its exits, under a name that all places can call it by. */
function keptFunction(
  { into, fn, listeners, statements }: OldFunction,
  places: readonly ServingPlace[],
  { calls }: McpServer,
): KeptFunction | undefined {
  const { file, facts } = into;
  const fact = facts.functions[fn];
  const exits = tailExits(file.path, facts, fn, calls);
  if (!fact || !exits || fact.parameters.length > 0 || fact.ownerClass >= 0) return undefined;
  if (places.some((place) => place.into.file !== file) || usesOf(facts, fact.statements).usesThis)
    return undefined;
  const named = facts.bindings.find(
    ({ values }) => values.length === 1 && values[0]?.expr.kind === 'function' && values[0].expr.fn === fn,
  );
  const declared = named
    ? declaredAs(named.id, into, statements, places)
    : inline(into, fn, listeners, statements, places);
  if (!declared) return undefined;
  const gone = removals(
    file.text,
    exits.filter(({ code }) => code === '').map(({ statement }) => statement),
  ).map((range): Insertion => ({ into, at: { replace: range }, code: '' }));
  const replaced = exits.flatMap(({ statement, code }): Insertion[] =>
    code === '' ? [] : [{ into, at: { replace: statement }, code }],
  );
  return { ...declared, insertions: [...declared.insertions, ...gone, ...replaced] };
}

/** A function with a name stays; nobody else may count on its exit. */
function declaredAs(
  binding: number,
  into: PlannedFile,
  statements: readonly Statement[],
  places: readonly ServingPlace[],
): KeptFunction | undefined {
  const { file, facts } = into;
  const { name = '', range } = facts.bindings[binding] ?? {};
  const isElsewhere = usesOfBinding(facts, binding).some(
    (use) => !statements.some(({ start, end }) => start <= use.start && use.end <= end),
  );
  const isSeen = places.every((place) =>
    isVisible(binding, { facts, fn: place.fn, offset: place.statement.start }),
  );
  if (!range || isElsewhere || isExported(facts, binding) || !isSeen) return undefined;
  const removed = removals(file.text, statements);
  const removing = removed.map((each): Insertion => ({ into, at: { replace: each }, code: '' }));
  // Beside `shutDown` it would be taken for that.
  const isTaken = /^shutdown$/i.test(name);
  const own = isTaken ? freeName(facts, cleanUpNames) : name;
  if (!own) return undefined;
  const renamed: Insertion[] = isTaken ? [{ into, at: { replace: range }, code: own }] : [];
  return { name: own, insertions: [...removing, ...renamed], removed };
}

/** `process.on('SIGINT', async () => { ... })` becomes `async function cleanUp() { ... }`. */
function inline(
  into: PlannedFile,
  fn: number,
  [listener]: readonly StopListener[],
  [statement, ...others]: readonly Statement[],
  places: readonly ServingPlace[],
): KeptFunction | undefined {
  const { file, facts } = into;
  const fact = facts.functions[fn];
  const name = freeName(facts, cleanUpNames);
  if (!fact || !listener || !statement || others.length > 0 || !name || file.text[fact.body.start] !== '{')
    return undefined;
  const block = placeOf(facts, listener.fn, statement)?.block;
  const isSeen = places.every((place) => {
    if (block !== facts.functions[listener.fn]?.statements) return false;
    for (let at = place.fn; at >= 0; at = facts.functions[at]?.parent ?? -1)
      if (at === listener.fn) return true;
    return false;
  });
  if (!isSeen || fact.range.start < statement.start || fact.range.end > statement.end) return undefined;
  const end = statement.end + (file.text[statement.end] === ';' ? 1 : 0);
  return {
    name,
    removed: [{ start: statement.start, end: fact.body.start }],
    insertions: [
      {
        into,
        at: { replace: { start: statement.start, end: fact.body.start } },
        code: `${fact.isAsync ? 'async ' : ''}function ${name}() `,
      },
      { into, at: { replace: { start: fact.body.end, end } }, code: '' },
    ],
  };
}
