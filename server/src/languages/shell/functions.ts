import type {
  CompoundCommand,
  ListItem,
  ShellCommand,
  ShellList,
  ShellScript,
  SimpleCommand,
} from './ast.ts';
import { simpleCommandsOf } from './ast.ts';

/** The functions that a list defines at its top, by name; the last definition of a name counts. */
export function functionsOf({ items }: ShellList): ReadonlyMap<string, ShellList> {
  const found = new Map<string, ShellList>();
  for (const { command } of items) {
    const body = command.kind === 'compound' && command.shape === 'function' ? command.bodies[0] : undefined;
    if (body && command.kind === 'compound' && command.name) found.set(command.name, body);
  }
  return found;
}

/** Whether the program is what the script (or function) was called with: `"$@"`. */
export function isArguments({ words: [first] }: SimpleCommand, text: string): boolean {
  return first !== undefined && /^"?\$(@|\{@\})"?$/.test(text.slice(first.start, first.end));
}

/** How many calls are followed: functions may call each other many times over. */
const maxCalls = 200;

/**
 * The script's commands with the calls of its own functions replaced by what those run, as a group; definitions go.
 * A function that runs its own arguments is left alone where it gets others than the script's.
 */
export function withFunctionsInlined({ list, text }: ShellScript): ShellList {
  const functions = functionsOf(list);
  return functions.size === 0 ? list : new Inliner(functions, text).list(list);
}

class Inliner {
  private calls = 0;
  private readonly active = new Set<string>();

  constructor(
    private readonly functions: ReadonlyMap<string, ShellList>,
    private readonly text: string,
  ) {}

  list({ items }: ShellList): ShellList {
    return {
      items: items.flatMap(({ command, operator }): ListItem[] => {
        if (command.kind === 'compound' && command.shape === 'function') return [];
        return [{ command: this.command(command), operator }];
      }),
    };
  }

  private command(command: ShellCommand): ShellCommand {
    if (command.kind === 'pipeline') {
      return { ...command, commands: command.commands.map((part) => this.command(part)) };
    }
    if (command.kind === 'compound') {
      return { ...command, bodies: command.bodies.map((body) => this.list(body)) };
    }
    return this.call(command) ?? command;
  }

  private call(command: SimpleCommand): CompoundCommand | undefined {
    const name = command.words[0]?.value ?? '';
    const body = command.exec ? undefined : this.functions.get(name);
    if (!body || this.active.has(name) || this.calls >= maxCalls) return undefined;
    const [, first, ...others] = command.words;
    const passesAll =
      first !== undefined && others.length === 0 && isArguments({ ...command, words: [first] }, this.text);
    if (!passesAll && simpleCommandsOf(body).some((inner) => isArguments(inner, this.text))) return undefined;
    this.calls += 1;
    this.active.add(name);
    const { start, end, hasRedirections } = command;
    const bodies = [this.list(body)];
    this.active.delete(name);
    return { kind: 'compound', shape: 'group', start, end, bodies, conditions: [], hasRedirections };
  }
}
