import type { Binding, Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import { functionKey } from '../value.ts';
import { closingCallbacks } from './closingCallbacks.ts';
import { closing } from './names.ts';

/** A variable of a module that gathers credentials while the server runs. */
export interface CredentialStore {
  readonly path: string;
  readonly binding: Binding;
  /** What would drop what it holds: `tokens.clear()`. */
  readonly clearing: string;
}

const credential =
  /(credential|secret|token|password|passphrase|api_?key|private_?key|access_?key)s?_?(cache|store|map|by_?\w+)?$/i;
/** Tokens that a model counts, places to get tokens, what is told of them, and what is hidden from logs to the very end. */
const other =
  /(max|min|num|n|total|input|output|prompt|completion|used|cached?|remaining|stop|special|csrf|cancel\w*|abort|per)_?tokens?$|redact|^mask|^(is|has|no|use|require|get|set)[A-Z_]/i;

/** The stores of a server's modules that shutting down does not clear, in the order of files and text. */
export function unclearedIn(server: McpServer): CredentialStore[] {
  const { execution, shutdown } = server;
  const { program } = shutdown.values;
  const found: CredentialStore[] = [];
  for (const [path, live] of execution.live) {
    const facts = program.facts(path);
    for (const binding of facts?.bindings ?? []) {
      if (!facts || binding.owner !== 0 || !isCredential(binding.name)) continue;
      const uses = usesOf(binding, facts, live);
      const clearing = uses.fills.length > 0 ? clearingOf(binding) : undefined;
      if (clearing && !uses.clears.some((fn) => isOnTheWay(path, fn, server))) {
        found.push({ path, binding, clearing });
      }
    }
  }
  return found;
}

/** Whether a call, by its name, empties a store of credentials: `tokens.clear()`, `dropTokens()`. */
export function dropsCredentials({ callee }: CallExpr): boolean {
  if (callee.kind === 'member' && callee.property === 'clear') {
    return callee.object.kind === 'name' && isCredential(callee.object.name);
  }
  const [, what] = /^(?:clear|drop|forget)([A-Z]\w*)$/.exec(callee.kind === 'name' ? callee.name : '') ?? [];
  return what !== undefined && isCredential(what);
}

function isCredential(name: string): boolean {
  return credential.test(name) && !other.test(name);
}

/** A collection that is made once, or a variable that is set later. */
function clearingOf({ name, kind, values }: Binding): string | undefined {
  const isCollection = values.some(
    ({ expr }) =>
      expr.kind === 'call' && expr.isNew && expr.callee.kind === 'name' && expr.callee.name === 'Map',
  );
  if (isCollection) return `${name}.clear()`;
  return kind === 'let' || kind === 'var' ? `${name} = undefined` : undefined;
}

/** In which live functions a variable gets credentials, and in which functions it is emptied. */
function usesOf(
  { id }: Binding,
  { functions }: SourceFacts,
  live: ReadonlySet<number>,
): { fills: number[]; clears: number[] } {
  const fills: number[] = [];
  const clears: number[] = [];
  const isIt = (expr: Expr) => expr.kind === 'name' && expr.binding === id;
  for (const { id: fn, statements } of functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind === 'assign' && isIt(expr.target)) {
        if (isEmpty(expr.value)) clears.push(fn);
        else if (fn > 0 && live.has(fn)) fills.push(fn);
      }
      if (expr.kind !== 'call' || expr.callee.kind !== 'member' || !isIt(expr.callee.object)) return;
      if (/^(clear|fill)$/.test(expr.callee.property)) clears.push(fn);
      if (expr.callee.property === 'set' && live.has(fn)) fills.push(fn);
    });
  }
  return { fills, clears };
}

function isEmpty(expr: Expr): boolean {
  if (expr.kind === 'literal') return !expr.value;
  return expr.kind === 'call' && expr.isNew && expr.args.length === 0;
}

/** Whether shutting down leads to a function, or its name says that it is meant for the end. */
function isOnTheWay(path: string, fn: number, { calls, listeners, execution, shutdown }: McpServer): boolean {
  const name = shutdown.values.program.functionAt(path, fn)?.name ?? '';
  if (closing.test(name) || /^(drop|forget)[A-Z]/.test(name)) return true;
  const handlers = listeners
    .filter(({ signals }) => signals.includes('SIGTERM'))
    .flatMap((listener) => listener.handlers);
  return calls
    .reach([...handlers, ...closingCallbacks(execution, shutdown.values)])
    .has(functionKey({ path, fn }));
}
