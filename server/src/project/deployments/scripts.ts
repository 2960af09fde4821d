import { type DataNode, entriesOf, itemsOf, textOf, valueAt } from '../../languages/data.ts';
import { type SimpleCommand, simpleCommandsOf } from '../../languages/shell/ast.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { dirname } from '../../text/paths.ts';
import type { Range } from '../../text/range.ts';
import { kindOf } from '../fileKinds.ts';
import { memoized } from '../memoize.ts';
import type { ProjectFile } from '../project.ts';

/** A command that a script of the workspace runs. */
export interface ScriptCommand {
  readonly path: string;
  /** The folder in which it runs, as far as that is known. */
  readonly folder: string;
  readonly command: SimpleCommand;
  /** The text that the command's offsets are in. */
  readonly text: string;
  /** Where the text that holds it stands. */
  readonly around: Range;
  /** Where that text begins in the file; `undefined` where offsets in it do not carry over (escapes, indentation). */
  readonly offset: number | undefined;
  /** A step of a CI workflow. */
  readonly isWorkflow: boolean;
}

/** What begins a command that is of interest here: parsing every script of a workspace for it would be slow. */
const ofInterest = /^(docker|podman|flyctl|fly)$/;
const mentions = /\b(docker|podman|flyctl|fly)\b/;

/** The commands about containers in package.json scripts, shell scripts, makefiles and CI workflows. */
export function scriptCommands(files: ReadonlyMap<string, ProjectFile>): readonly ScriptCommand[] {
  return [...files.values()].flatMap((file) => commandsIn(file));
}

const commandsIn = memoized((file: ProjectFile): readonly ScriptCommand[] => {
  if (!mentions.test(file.text)) return [];
  return textsIn(file).flatMap((script) => {
    if (!mentions.test(script.text)) return [];
    const { list } = parseShellCommand(script.text);
    const commands = simpleCommandsOf(list).filter(({ words }) => ofInterest.test(words[0]?.value ?? ''));
    const isWorkflow = file.facts.language === 'yaml';
    const folder = isWorkflow ? dirname(dirname(dirname(file.path))) : dirname(file.path);
    return commands.map((command) => {
      const offset = script.offset ?? offsetInBlock(file.text, script, command);
      return { ...script, offset, path: file.path, folder, command, isWorkflow };
    });
  });
});

interface ScriptText {
  readonly text: string;
  readonly around: Range;
  readonly offset: number | undefined;
}

function textsIn({ path, text, facts }: ProjectFile): ScriptText[] {
  if (facts.language === 'shell') return [{ text, around: { start: 0, end: text.length }, offset: 0 }];
  if (facts.language === 'package') {
    return facts.package.scripts.map(({ value, range }) => {
      const isPlain = text.slice(range.start + 1, range.end - 1) === value;
      return { text: value, around: range, offset: isPlain ? range.start + 1 : undefined };
    });
  }
  if (facts.language === 'yaml') return workflowSteps(facts.yaml.documents[0]).flatMap((step) => runOf(step));
  return kindOf(path) === 'make' ? recipesIn(text) : [];
}

/** Where the text would begin for a command that stands on one line of a block of lines, as YAML indents them. */
function offsetInBlock(fileText: string, { text, around }: ScriptText, command: Range): number | undefined {
  const written = fileText.slice(around.start, around.end);
  if (!/^[|]/.test(written)) return undefined;
  const lineStart = text.lastIndexOf('\n', command.start - 1) + 1;
  const line = text.slice(0, lineStart).split('\n').length;
  const lines = written.split('\n');
  // The first line holds the block's sign alone.
  const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const [indent = ''] = /^[ ]*/.exec(lines[line] ?? '') ?? [];
  const offset = around.start + before + indent.length - lineStart;
  const isSame =
    fileText.slice(offset + command.start, offset + command.end) === text.slice(command.start, command.end);
  return isSame ? offset : undefined;
}

/** The steps of all jobs of a GitHub workflow. */
export function workflowSteps(workflow: DataNode | undefined): readonly DataNode[] {
  return entriesOf(valueAt(workflow, 'jobs')).flatMap(({ value }) => itemsOf(valueAt(value, 'steps')));
}

function runOf(step: DataNode): ScriptText[] {
  const run = valueAt(step, 'run');
  const text = textOf(run);
  return run && text !== undefined
    ? [{ text, around: { start: run.start, end: run.end }, offset: undefined }]
    : [];
}

/** The recipe lines of a makefile, those that a backslash continues in one. */
function recipesIn(text: string): ScriptText[] {
  return [...text.matchAll(/^\t[@+-]*((?:[^\\\r\n]|\\[^\r\n]|\\\r?\n)+)/gm)].map(
    ({ 0: line, 1: recipe = '', index }) => {
      const start = index + line.length - recipe.length;
      return { text: recipe, around: { start, end: start + recipe.length }, offset: start };
    },
  );
}
