import type { Command } from '../../../languages/dockerfile/facts.ts';
import type { SimpleCommand } from '../../../languages/shell/ast.ts';
import { parseShellCommand } from '../../../languages/shell/parse.ts';
import { startPathOf } from '../../../languages/shell/startPath.ts';
import { applyEdits } from '../../../text/edits.ts';
import { arrayText } from '../arrayText.ts';
import { execEdits } from '../execEdits.ts';
import { argumentEdits } from '../layout.ts';
import type { Rewrite } from '../rewrite.ts';
import { type Argv, argvFor } from './build.ts';
import { type CallPlace, grouped, type RealCommand, realCommandOf, type Unresolved } from './resolve.ts';
import type { CallSite, ManagerStart } from './start.ts';

/** Writes an array as a command's new one, into the file in which that stands. */
export type WriteCommand = (command: Command, argv: Argv) => Rewrite | Unresolved;

/** Puts the real command in the manager's place. Edits are against the text of the file in which the call stands. */
export function rewriteManager(
  write: WriteCommand,
  { call, site }: ManagerStart,
  place: CallPlace,
): Rewrite | Unresolved {
  if (site.kind === 'elsewhere') return { problem: site.why };
  const real = realCommandOf(call, place);
  if ('problem' in real) return real;
  if (site.kind !== 'array' && isBoundTo(site.program) && !isOneCommand(real.text)) {
    return { problem: 'what stands around it would count for one of several commands only' };
  }
  if (site.kind === 'script') return inScript(site, real);
  return site.kind === 'text' ? inText(write, site, real) : inArray(write, site, real);
}

/** Variables set in front of a command, and redirections, belong to it alone. */
function isBoundTo({ assignments, hasRedirections }: SimpleCommand): boolean {
  return assignments.length > 0 || hasRedirections;
}

function isOneCommand(text: string): boolean {
  const { list } = parseShellCommand(text);
  return list.items.length === 1 && list.items[0]!.command.kind === 'simple';
}

function inArray(
  write: WriteCommand,
  { command, before, isOpen }: Extract<CallSite, { kind: 'array' }>,
  real: RealCommand,
): Rewrite | Unresolved {
  const argv = argvFor(real);
  if ('problem' in argv) return argv;
  if (isOpen && argv.hasShell) return { problem: 'CMD adds arguments that a shell would have to pass on' };
  return write(command, { ...argv, words: [...before, ...argv.words] });
}

function inText(
  write: WriteCommand,
  { run, program }: Extract<CallSite, { kind: 'text' }>,
  real: RealCommand,
): Rewrite | Unresolved {
  const script = parseShellCommand(run.text);
  const start = program.exec?.start ?? program.words[0]!.start;
  const isAlone = script.list.items.length === 1;
  const newText = isAlone ? real.text : grouped(real.text);
  const text = applyEdits(run.text, [{ start, end: program.words.at(-1)!.end, newText }]);
  const argv = argvFor({ ...real, text }, run.shell);
  if ('problem' in argv || run.isShellForm) {
    return 'problem' in argv ? argv : write(run.command, argv);
  }
  const strings = run.command.argv ?? [];
  const at = strings.lastIndexOf(run.text);
  const shellAt = at - run.shell.length;
  if (at < strings.length - 1) return { problem: 'arguments follow the command text' };
  if (shellAt < 0) return { problem: 'its shell stands in another instruction' };
  return write(run.command, { ...argv, words: [...strings.slice(0, shellAt), ...argv.words] });
}

/** Writes into a Dockerfile's text. */
export function intoDockerfile(fileText: string): WriteCommand {
  return (command, { words, isSafe }) => {
    const array = arrayText(words);
    const edits = argumentEdits(fileText, command, [], array);
    if (!edits) return { problem: commentBetween };
    return {
      result: `${fileText.slice(command.keyword.start, command.keyword.end)} ${array}`,
      isSafe,
      edits,
    };
  };
}

/** Why there is no rewrite where one would lose a comment. */
export const commentBetween = 'a comment stands between its lines';

/** In a script the command gets `exec`; several commands in the place of one only where nothing stands around them. */
function inScript(
  { program }: Extract<CallSite, { kind: 'script' }>,
  real: RealCommand,
): Rewrite | Unresolved {
  const script = parseShellCommand(real.text);
  const path = startPathOf(script);
  const exec = path.shape === 'exec' ? { edits: [], isSafe: true } : execEdits(script, path);
  if (!exec) return { problem: `in "${real.text}" a shell has more to do than to start the server` };
  const isOne = script.list.items.length === 1;
  const newText = applyEdits(real.text, exec.edits);
  const start = program.exec?.start ?? program.words[0]!.start;
  const edit = { start, end: program.words.at(-1)!.end, newText: isOne ? newText : `{ ${newText}; }` };
  return { result: newText, isSafe: real.isSafe && exec.isSafe, edits: [edit] };
}
