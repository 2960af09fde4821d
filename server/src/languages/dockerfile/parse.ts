import type { Range } from '../../text/range.ts';
import type { Directive } from '../directives.ts';
import { readFrom } from './baseImage.ts';
import { dockerfileDirectives } from './comments.ts';
import { type Copy, inFolder, readCopy } from './copies.ts';
import { formOf, stringArray } from './execForm.ts';
import type { Command, DockerfileFacts, ShellEvidence, Stage, StopSignal } from './facts.ts';
import { type Instruction, splitInstructions } from './instructions.ts';
import { managersInstalled } from './managers.ts';
import { shellEvidenceOf } from './shellEvidence.ts';
import { assignmentsOf, substitute, type Variables } from './variables.ts';

/**
 * Reads a Dockerfile: its stages with what is in force at the end of each, and its suppression comments.
 * Never throws; what cannot be understood is left out.
 */
export function parseDockerfile(text: string): {
  readonly facts: DockerfileFacts;
  readonly directives: readonly Directive[];
} {
  const { escapeCharacter, instructions } = splitInstructions(text);
  const heredocs = instructions.flatMap(({ heredocs: lines }) => lines ?? []);
  const facts = { escapeCharacter, stages: stagesOf(instructions), heredocs };
  return { facts, directives: dockerfileDirectives(text, instructions) };
}

function stagesOf(instructions: readonly Instruction[]): readonly Stage[] {
  const globals = new Map<string, string | undefined>();
  const stages: Stage[] = [];
  const byName = new Map<string, Stage>();
  let builder: StageBuilder | undefined;
  const finish = () => {
    const stage = builder?.stage();
    if (!stage) return;
    stages.push(stage);
    if (stage.name !== undefined) byName.set(stage.name, stage);
  };
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      finish();
      builder = new StageBuilder(instruction, globals, stages, byName);
    } else if (builder) builder.add(instruction);
    else if (instruction.keyword === 'ARG') declare(instruction.argument.text, globals, globals);
  }
  finish();
  return stages;
}

/** Collects one stage; starts from what the stage it is made from leaves behind. */
class StageBuilder {
  private readonly from: Pick<Stage, 'index' | 'name' | 'range' | 'base'>;
  private readonly globals: Variables;
  private readonly args = new Map<string, string | undefined>();
  private readonly env: Map<string, string | undefined>;
  private readonly commands: Command[] = [];
  private readonly texts: Instruction[] = [];
  private shell: readonly string[] | undefined;
  private workdir: string | undefined;
  private folder: string | undefined = '';
  private readonly copies: Copy[] = [];
  private entrypoint: Command | undefined;
  private cmd: Command | undefined;
  private hasOwnCmd = false;
  private stopSignal: StopSignal | undefined;

  constructor(
    from: Instruction,
    globals: Variables,
    earlier: readonly Stage[],
    byName: ReadonlyMap<string, Stage>,
  ) {
    const { base, name } = readFrom(from.argument.text, globals, byName);
    this.from = { index: earlier.length, name, range: rangeOf(from), base };
    this.globals = globals;
    const parent = base.kind === 'stage' ? earlier[base.index] : undefined;
    this.env = new Map(parent?.env);
    this.shell = parent?.shell;
    this.workdir = parent?.workdir;
    this.folder = parent ? parent.folder : '';
    this.entrypoint = parent?.entrypoint;
    this.cmd = parent?.cmd;
    this.stopSignal = parent?.stopSignal;
  }

  add(instruction: Instruction): void {
    const { keyword, argument } = instruction;
    if (argument.text === '') return;
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') this.addCommand(keyword, instruction);
    else if (keyword === 'SHELL') this.shell = stringArray(argument.text) ?? this.shell;
    else if (keyword === 'WORKDIR')
      this.changeFolder(substitute(argument.text, this.variables(), unknownValue));
    else if (keyword === 'ENV') this.declareEnvironment(argument.text);
    else if (keyword === 'ARG') this.declareArgument(argument.text);
    else if (keyword === 'STOPSIGNAL')
      this.stopSignal = { value: argument.text, range: rangeOf(instruction) };
    else if (keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD') this.addStep(instruction);
  }

  private addStep(instruction: Instruction): void {
    this.texts.push(instruction);
    if (instruction.keyword === 'RUN' || this.folder === undefined) return;
    const copy = readCopy(instruction.argument.text, this.folder, (text) => resolved(text, this.variables()));
    if (copy) this.copies.push(copy);
  }

  stage(): Stage {
    const { from, env, commands, shell, workdir, folder, copies, entrypoint, cmd, stopSignal } = this;
    const shellEvidence: ShellEvidence = shellEvidenceOf(this.texts);
    const managers = managersInstalled(this.texts);
    const command = { shell, entrypoint, cmd, stopSignal, commands, shellEvidence, managers };
    return { ...from, ...command, workdir, folder, copies, env };
  }

  private addCommand(keyword: 'CMD' | 'ENTRYPOINT', instruction: Instruction): void {
    const command: Command = {
      instruction: keyword,
      ...formOf(instruction.argument.text),
      range: rangeOf(instruction),
      keyword: instruction.keywordRange,
      argument: instruction.argument,
      shell: this.shell,
      stage: this.from.index,
    };
    this.commands.push(command);
    if (keyword === 'CMD') {
      this.cmd = command;
      this.hasOwnCmd = true;
      return;
    }
    this.entrypoint = command;
    if (!this.hasOwnCmd) this.cmd = undefined;
  }

  private changeFolder(path: string): void {
    const folder = path.replace(/^"(.*)"$/, '$1');
    const isKnown = !folder.includes(unknownValue) && (this.folder !== undefined || folder.startsWith('/'));
    this.folder = isKnown ? inFolder(this.folder ?? '', folder) : undefined;
    if (folder.includes(unknownValue)) this.workdir = undefined;
    else if (folder.startsWith('/') || /^[a-zA-Z]:/.test(folder)) this.workdir = folder;
    else if (this.workdir !== undefined) this.workdir = `${this.workdir.replace(/\/$/, '')}/${folder}`;
  }

  private declareArgument(argument: string): void {
    for (const { name, value } of assignmentsOf(argument)) {
      const known = value === undefined ? this.globals.get(name) : resolved(value, this.variables());
      this.args.set(name, known);
    }
  }

  /** The values of one instruction do not see what it sets itself. */
  private declareEnvironment(argument: string): void {
    const declared = new Map<string, string | undefined>();
    declare(argument, declared, this.variables());
    for (const [name, value] of declared) this.env.set(name, value);
  }

  /** ENV wins over a build argument of the same name. A view, no copy: there may be thousands of both. */
  private variables(): Variables {
    return { get: (name) => (this.env.has(name) ? this.env.get(name) : this.args.get(name)) };
  }
}

/** Cannot stand in a Dockerfile's path or value. */
const unknownValue = '\0';

/** Values that are made of each other may double with every line. */
const maxValueLength = 10_000;

function resolved(value: string, variables: Variables): string | undefined {
  const text = substitute(value, variables, unknownValue);
  return text.includes(unknownValue) || text.length > maxValueLength ? undefined : text;
}

function declare(argument: string, into: Map<string, string | undefined>, variables: Variables): void {
  for (const { name, value } of assignmentsOf(argument)) {
    into.set(name, value === undefined ? undefined : resolved(value, variables));
  }
}

function rangeOf({ keywordRange, argument }: Instruction): Range {
  return { start: keywordRange.start, end: Math.max(keywordRange.end, argument.range.end) };
}
