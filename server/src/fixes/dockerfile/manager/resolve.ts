import { inFolder } from '../../../languages/dockerfile/copies.ts';
import type { Stage } from '../../../languages/dockerfile/facts.ts';
import { nodeOfImage } from '../../../languages/dockerfile/managers.ts';
import { type ShellScript, type SimpleCommand, simpleCommandsOf } from '../../../languages/shell/ast.ts';
import type { CallWord, ManagerCall } from '../../../languages/shell/calls.ts';
import { managerCallOf } from '../../../languages/shell/managerCall.ts';
import { parseShellCommand } from '../../../languages/shell/parse.ts';
import { startPathOf } from '../../../languages/shell/startPath.ts';
import type { ImageSource } from '../../../project/imageFiles.ts';
import { type PackageInImage, packageOfCall, scriptText } from '../../../project/packageScripts.ts';
import { applyEdits, type TextEdit } from '../../../text/edits.ts';
import { binaryPath } from './binaries.ts';

/** Where a manager is called. */
export interface CallPlace {
  readonly source: ImageSource;
  readonly stage: Stage;
  /** The container's working folder, absolute or relative to the base image's own. */
  readonly folder: string | undefined;
}

/** What a manager's call comes to: a command text for a shell in the container's folder. */
export interface RealCommand {
  readonly text: string;
  /** Whether the same process runs with the same arguments, but for what npm adds to the environment. */
  readonly isSafe: boolean;
}

/** Why a call cannot be resolved: a half sentence. */
export interface Unresolved {
  readonly problem: string;
}

/** Scripts that call scripts are followed only so far. */
const maxDepth = 5;

/** Finds the command that a call runs in the end, through package.json. */
export function realCommandOf(call: ManagerCall, place: CallPlace, depth = 0): RealCommand | Unresolved {
  if (call.problem !== undefined) return { problem: call.problem };
  if (depth > maxDepth) return { problem: 'its scripts call each other' };
  // nodemon and PM2 also start the server again, which is the platform's business then.
  if (call.program?.[0]?.value === 'node') return { text: textOf(call.program), isSafe: false };
  const found = packageOfCall(place.source, place.stage, place.folder, call);
  if (typeof found === 'string') return { problem: found };
  const real = call.script === undefined ? undefined : ofScript(call, call.script, found, place, depth);
  const program = call.program ?? (call.script === undefined ? undefined : asProgram(call));
  const inPackage = real ?? (program && prepared(textOf(program), call, found, place, depth));
  if (!inPackage) return { problem: `package.json has no script "${call.script}"` };
  if ('problem' in inPackage || found.folder === '') return inPackage;
  return { ...inPackage, text: `cd ${quoted(found.folder)} && ${grouped(inPackage.text)}` };
}

/** yarn and pnpm look for a program where there is no script of the name. */
function asProgram({ manager, script, args }: ManagerCall): readonly CallWord[] | undefined {
  if (!/^(yarn|pnpm)$/.test(manager) || script === undefined || script === 'start') return undefined;
  return [{ value: script, raw: script }, ...args];
}

function ofScript(
  call: ManagerCall,
  name: string,
  found: PackageInImage,
  place: CallPlace,
  depth: number,
): RealCommand | Unresolved | undefined {
  const main = scriptText(found, name);
  if (main === undefined) return undefined;
  const hooks = call.withoutHooks
    ? {}
    : { before: scriptText(found, `pre${name}`), after: scriptText(found, `post${name}`) };
  if (hooks.after !== undefined) return { problem: `"post${name}" is to run when the server has ended` };
  const text = [main, ...call.args.map(({ raw }) => raw)].join(' ');
  const command = prepared(text, call, found, place, depth);
  if ('problem' in command || hooks.before === undefined) return command;
  const before = prepared(hooks.before, call, found, place, depth);
  if ('problem' in before) return before;
  // Whether yarn and pnpm run it depends on their version.
  const isSafe = command.isSafe && before.isSafe && call.manager === 'npm';
  return { text: `${grouped(before.text)} && ${grouped(command.text)}`, isSafe };
}

/** A script's text as it can run without the manager: programs by their paths, nested calls resolved. */
function prepared(
  text: string,
  call: ManagerCall,
  found: PackageInImage,
  place: CallPlace,
  depth: number,
): RealCommand | Unresolved {
  if (/\$\{?npm_/.test(text)) return { problem: 'its script reads variables that only the manager sets' };
  const script = parseShellCommand(text);
  const { programs } = startPathOf(script);
  if (script.isBroken || programs.length === 0) return { problem: `its script "${text}" cannot be followed` };
  const edits: TextEdit[] = [];
  let isSafe = true;
  for (const command of simpleCommandsOf(script.list)) {
    const isProgram = programs.includes(command);
    const change = changeOf(script, command, isProgram, { call, found, place, depth });
    if ('problem' in change) return change;
    edits.push(...change.edits);
    isSafe &&= change.isSafe;
  }
  const changed = applyEdits(text, edits);
  return { text: changed, isSafe };
}

interface Around {
  readonly call: ManagerCall;
  readonly found: PackageInImage;
  readonly place: CallPlace;
  readonly depth: number;
}

interface Change {
  readonly edits: readonly TextEdit[];
  readonly isSafe: boolean;
}

function changeOf(
  script: ShellScript,
  command: SimpleCommand,
  isProgram: boolean,
  around: Around,
): Change | Unresolved {
  const { place, found } = around;
  const unwrapped = withoutEnvironmentTool(
    script.text,
    command,
    nodeOfImage(place.source.facts, place.stage),
  );
  if ('problem' in unwrapped) return unwrapped;
  const { words, edits } = unwrapped;
  const [first] = words;
  if (!first) return { edits, isSafe: true };
  const inner = isProgram ? managerCallOf(words) : undefined;
  if (inner) {
    const folder = place.folder === undefined ? undefined : inFolder(place.folder, found.folder || '.');
    const real = realCommandOf(inner, { ...place, folder }, around.depth + 1);
    if ('problem' in real) return real;
    const newText = script.list.items.length > 1 ? grouped(real.text) : real.text;
    return {
      edits: [...edits, { start: first.start, end: words.at(-1)!.end, newText }],
      isSafe: real.isSafe,
    };
  }
  const path = binaryPath(first.value, around.call, found, place);
  if (typeof path === 'object') return path;
  if (path === first.value || path === undefined) return { edits, isSafe: unwrapped.isSafe };
  return { edits: [...edits, { start: first.start, end: first.end, newText: path }], isSafe: false };
}

type PlacedWord = CallWord & { readonly start: number; readonly end: number };

/** Takes cross-env away, which the shell can do itself, and lets Node read what dotenv reads. */
function withoutEnvironmentTool(
  text: string,
  command: SimpleCommand,
  node: string | undefined,
): (Change & { readonly words: readonly PlacedWord[] }) | Unresolved {
  const words = command.words.map((word) => ({ ...word, raw: text.slice(word.start, word.end) }));
  const [first, second] = words;
  if (first?.value === 'cross-env' && second) {
    const at = words.findIndex(({ raw }, index) => index > 0 && !/^\w+=/.test(raw));
    const program = words[at];
    if (!program) return { problem: 'what cross-env starts is not known' };
    return {
      words: words.slice(at),
      edits: [{ start: first.start, end: second.start, newText: '' }],
      isSafe: true,
    };
  }
  if (first?.value !== 'dotenv') return { words, edits: [], isSafe: true };
  const end = words.findIndex(({ value }) => value === '--');
  const program = words[end + 1];
  const files = words.slice(1, Math.max(1, end)).filter(({ value }) => value !== '-e');
  if (end < 1 || program?.value !== 'node' || files.some(({ value }) => value?.startsWith('-') !== false)) {
    return { problem: 'what dotenv reads and starts is not known' };
  }
  const [major = 0, minor = 99] = (node ?? '0').split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 9)) {
    return { problem: 'dotenv reads a file first, which Node itself can do from 22.9 on' };
  }
  const names = files.length > 0 ? files.map(({ raw }) => raw) : ['.env'];
  const newText = `node ${names.map((name) => `--env-file-if-exists=${name}`).join(' ')}`;
  return {
    words: words.slice(end + 1),
    edits: [{ start: first.start, end: program.end, newText }],
    isSafe: false,
  };
}

function textOf(words: readonly CallWord[]): string {
  return words.map(({ raw }) => raw).join(' ');
}

/** A list of commands as one command, for the place of one. */
export function grouped(text: string): string {
  const { list } = parseShellCommand(text);
  return list.items.length > 1 ? `{ ${text.replace(/[;\s]+$/, '')}; }` : text;
}

/** A word as a shell reads it back. */
export function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
