import {
  type Command,
  type CompoundList,
  type ParsedScript,
  type PipelineNode,
  parse,
  type Function as ShellFunction,
  type Statement,
  type Word,
  type WordPart,
} from 'unbash';
import type {
  CompoundCommand,
  ListItem,
  ShellAssignment,
  ShellCommand,
  ShellList,
  ShellScript,
  ShellWord,
  SimpleCommand,
} from './ast.ts';

/** Longer texts are not looked into: no start command is that long, and no start script. */
const maxLength = 50_000;

/**
 * Reads a shell command line. The only place that knows the parser library.
 * Never throws: what is no shell command comes back as broken.
 */
export function parseShellCommand(text: string): ShellScript {
  const broken: ShellScript = { text, list: { items: [] }, isBroken: true };
  if (text.length > maxLength) return broken;
  try {
    return read(text);
  } catch {
    return broken;
  }
}

function read(text: string): ShellScript {
  const script: ParsedScript = parse(text);
  const list = listOf(script.commands);
  const end = script.commands.at(-1)?.end ?? 0;
  const behind = text.slice(end);
  const hash = /^[\s;&]*#/.test(behind) ? end + behind.indexOf('#') : undefined;
  return {
    text,
    list,
    isBroken: (script.errors?.length ?? 0) > 0 || /(^|[^\\])\\$/.test(text),
    ...(hash === undefined ? {} : { comment: { start: hash, end: text.length } }),
  };
}

function listOf(statements: readonly Statement[]): ShellList {
  const items = statements.flatMap((statement, index): ListItem[] => {
    const isLast = index === statements.length - 1;
    const operator = statement.background ? '&' : isLast ? '' : ';';
    const { command } = statement;
    if (command.type !== 'AndOr') return [{ command: commandOf(command), operator }];
    return command.commands.map((part, at) => ({
      command: commandOf(part),
      operator: command.operators[at] ?? operator,
    }));
  });
  return { items };
}

function commandOf(node: PipelineNode): ShellCommand {
  const { pos: start, end } = node;
  switch (node.type) {
    case 'Command':
      return simpleCommand(node);
    case 'Pipeline':
      return { kind: 'pipeline', start, end, commands: node.commands.map(commandOf) };
    case 'Redirected': {
      const command = commandOf(node.command) as CompoundCommand;
      return { ...command, start, end, hasRedirections: true };
    }
    case 'BraceGroup':
      return compound(node, 'group', [bodyOf(node.body)]);
    case 'Subshell':
      return compound(node, 'subshell', [bodyOf(node.body)]);
    case 'If': {
      const branches = [node, ...node.elif];
      const bodies = [...branches.map(({ then }) => then), ...(node.else ? [node.else] : [])];
      return compound(
        node,
        'branch',
        bodies.map(bodyOf),
        branches.map(({ clause }) => bodyOf(clause)),
      );
    }
    case 'Case':
      return compound(
        node,
        'branch',
        node.items.map(({ body }) => bodyOf(body)),
      );
    case 'While':
      return compound(node, 'loop', [bodyOf(node.body)], [bodyOf(node.clause)]);
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      return compound(node, 'loop', [bodyOf(node.body)]);
    case 'TestCommand':
    case 'ArithmeticCommand':
      return compound(node, 'test', []);
    case 'Function':
      return { ...compound(node, 'function', [functionBody(node.body)]), name: node.name.value };
    default:
      return compound(node, 'other', []);
  }
}

/** A function's body is one compound command: the list inside its braces, where it has those. */
function functionBody(body: ShellFunction['body']): ShellList {
  if (body.type === 'CompoundList') return bodyOf(body);
  if (body.type === 'BraceGroup') return bodyOf(body.body);
  return { items: [{ command: commandOf(body), operator: '' }] };
}

function bodyOf(body: CompoundList): ShellList {
  return listOf(body.commands);
}

function compound(
  node: { readonly pos: number; readonly end: number },
  shape: CompoundCommand['shape'],
  bodies: readonly ShellList[],
  conditions: readonly ShellList[] = [],
): CompoundCommand {
  return {
    kind: 'compound',
    shape,
    start: node.pos,
    end: node.end,
    bodies,
    conditions,
    hasRedirections: false,
  };
}

function simpleCommand(node: Command): SimpleCommand {
  const { pos: start, end, name, prefix, suffix } = node;
  const words = [...(name ? [name] : []), ...suffix].flatMap((part): ShellWord[] => {
    if (part.type === 'Word') return [wordOf(part)];
    // `export A=1`: the library sets such an argument apart; to us it is a word that the shell handles itself.
    return part.type === 'Assignment' ? [{ start: part.pos, end: part.end }] : [];
  });
  const isExec = name?.text === 'exec';
  return {
    kind: 'simple',
    start,
    end,
    assignments: prefix.flatMap((part) => (part.type === 'Assignment' ? [assignmentOf(part)] : [])),
    words: isExec ? words.slice(1) : words,
    ...(isExec ? { exec: { start: name.pos, end: name.end } } : {}),
    hasRedirections: [...prefix, ...suffix].some(({ type }) => /^(Redirect|HereDoc|HereString)$/.test(type)),
  };
}

function assignmentOf(part: Extract<Command['prefix'][number], { type: 'Assignment' }>): ShellAssignment {
  const { pos: start, end, name, value, append, index } = part;
  const isPlain = value.type === 'Word' && !append && !index && !/(^|:)~/.test(value.text);
  return { start, end, name, value: isPlain ? literal(value) : undefined };
}

function wordOf(word: Word): ShellWord {
  return { start: word.pos, end: word.end, value: word.text.startsWith('~') ? undefined : literal(word) };
}

/** The word without its quotes; `undefined` when any part of it needs a shell. */
function literal(word: Word): string | undefined {
  return word.parts?.every(isLiteral) === false ? undefined : word.value;
}

function isLiteral(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
  return part.type === 'Literal' || part.type === 'SingleQuoted';
}
