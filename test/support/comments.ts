import ts from 'typescript';

/** A comment of a source file with the code that it stands beside. */
export interface Comment {
  /** Without the indentation of its lines. */
  readonly text: string;
  /** The line of code that it ends, or the next below it. */
  readonly beside: string;
  /** Where that is `try {`, what is tried. */
  readonly tried: string;
}

/** What tools read: it holds for the next line alone, or for the line that it ends. */
const directive =
  /eslint-disable|biome-ignore|@ts-(?:expect-error|ignore)|(?:istanbul|c8|v8) ignore|prettier-ignore/;

/** Whether a comment is meant for a tool. */
function isDirective({ text }: Comment): boolean {
  return directive.test(text);
}

/** Comments that are nowhere any more, and those that stand beside other code although their own is still there. */
export interface ChangedComments {
  readonly lost: readonly Comment[];
  readonly astray: readonly Comment[];
}

/**
 * Code that goes with what is said of it, because nothing takes its place in the author's words: the inserted handler has
 * a guard, an exit and a timer that forces it of its own, with comments of their own; a signal that nobody can catch needs
 * no listener, and one that only exits beside another handler is the mistake itself; so is what a suppression said.
 */
const goneForGood = [
  /^process\.exit\(|^process\.exitCode = 0/,
  /^setTimeout\(\(\) => process\.exit\(\d\), [\d_]+\)/,
  /^if \(\w*[sS]topping\) return/,
  /^(?:let )?\w*[sS]topping = (?:true|false)/,
  /^process\.on\(['"]SIG(?:KILL|STOP)['"]/,
  /^process\.on\(['"]SIG\w+['"], (?:\(\) => )?process\.exit\b/,
  /^const \w+ = \[['"]SIG/,
];

/** Whether a comment may be lost with what it spoke of. */
export function isGoneForGood({ text, beside }: Comment): boolean {
  return text.includes('mcp-shutdown-disable') || goneForGood.some((pattern) => pattern.test(beside));
}

/** What a change of some texts, by path, does to the comments of those that are TypeScript or JavaScript. */
export function changedComments(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ChangedComments {
  const each = [...after].map(([path, text]) => changesIn(path, before.get(path) ?? '', text));
  const all = [...after.values()].map(unindented);
  return {
    // Code may have moved to another file, with its comments.
    lost: each.flatMap(({ lost }) => lost).filter(({ text }) => !all.some((other) => other.includes(text))),
    astray: each.flatMap(({ astray }) => astray),
  };
}

function changesIn(path: string, before: string, after: string): ChangedComments {
  const left = commentsIn(path, after);
  const missing = commentsIn(path, before).filter((comment) => {
    const same = left.findIndex(
      ({ text, beside, tried }) => text === comment.text && [beside, tried].includes(comment.beside),
    );
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  const [known, now] = [linesOf(path, before), linesOf(path, after)];
  const lost: Comment[] = [];
  const astray: Comment[] = [];
  for (const comment of missing) {
    const at = left.findIndex(({ text }) => text === comment.text);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    const isLine = /\w/.test(comment.beside) && known.has(comment.beside);
    const isThere = isLine && (now.get(comment.beside) ?? 0) >= (known.get(comment.beside) ?? 0);
    // A line that was changed a little is still the one that a tool is told of.
    const isMeant = found && (isDirective(comment) ? isLike(comment.beside, found.beside) : !isThere);
    // What a tool was told of a line goes with that line.
    const isOver = isDirective(comment) && !isThere;
    if (!found && !isOver) lost.push(comment);
    if (found && !isMeant) astray.push(comment);
  }
  return { lost, astray };
}

function commentsIn(path: string, text: string): Comment[] {
  const ranges = commentRanges(path, text);
  const code = withoutComments(text, ranges);
  return ranges.map(({ pos, end }) => {
    const before = code.slice(code.lastIndexOf('\n', pos - 1) + 1, pos).trim();
    // What stands apart at the top speaks of the file.
    const isHeader =
      code.slice(0, end).replace(/^#!.*/, '').trim() === '' &&
      /^[ \t]*\r?\n[ \t]*\r?\n/.test(text.slice(end));
    const beside = before === '' ? linesBelow(code.slice(end, end + 4_000)) : [before];
    const [below = '', tried = ''] = isHeader ? [] : beside;
    return { text: unindented(text.slice(pos, end)), beside: below, tried: below === 'try {' ? tried : '' };
  });
}

/** The next lines of code. */
function linesBelow(code: string): string[] {
  return (code.match(/\S[^\n]*/g) ?? []).map((line) => line.trim());
}

function unindented(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

/** How often each line of code is there. */
function linesOf(path: string, text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const line of withoutComments(text, commentRanges(path, text)).split('\n'))
    lines.set(line.trim(), (lines.get(line.trim()) ?? 0) + 1);
  return lines;
}

function withoutComments(text: string, ranges: readonly ts.TextRange[]): string {
  let code = text;
  for (const { pos, end } of ranges)
    code = code.slice(0, pos) + text.slice(pos, end).replace(/[^\n]/g, ' ') + code.slice(end);
  return code;
}

/** Whether half of the words of a line are in another one, in their order. */
function isLike(line: string, other: string): boolean {
  const words: string[] = line.match(/[\w$]+/g) ?? [];
  const others: string[] = other.match(/[\w$]+/g) ?? [];
  let from = 0;
  const common = words.filter((word) => {
    const at = others.indexOf(word, from);
    if (at >= 0) from = at + 1;
    return at >= 0;
  });
  return common.length * 2 >= words.length;
}

function commentRanges(path: string, text: string): ts.TextRange[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const found = new Map<number, ts.TextRange>();
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0 || ts.isJsxText(node)) return;
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.pos) ?? []),
    ];
    for (const range of ranges) found.set(range.pos, range);
  };
  visit(file);
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

/** The text with a comment above each statement that begins a line, and one behind each line that can have one. */
export function commentedText(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
  if (diagnostics.length > 0) return text;
  const statements = new Set<number>();
  const texts = commentRanges(path, text);
  const visit = (node: ts.Node): void => {
    const start = node.getStart(file);
    const line = text.lastIndexOf('\n', start - 1) + 1;
    if (ts.isStatement(node) && !ts.isBlock(node) && text.slice(line, start).trim() === '')
      statements.add(line);
    if (
      (node.kind >= ts.SyntaxKind.FirstTemplateToken && node.kind <= ts.SyntaxKind.LastTemplateToken) ||
      ts.isJsxText(node)
    )
      texts.push({ pos: start, end: node.end });
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  let count = 0;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const added: { at: number; comment: string }[] = [];
  for (const at of statements) {
    const indent = /[ \t]*/.exec(text.slice(at))?.[0];
    added.push({ at, comment: `${indent}// above ${count++}${newline}` });
  }
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    const end = index + line.length;
    const isText = texts.some((each) => each.pos < end && end < each.end + 1);
    if (line.trim() !== '' && !line.startsWith('#!') && !isText)
      added.push({ at: end, comment: ` // behind ${count++}` });
  }
  let commented = text;
  for (const { at, comment } of added.sort((a, b) => b.at - a.at))
    commented = commented.slice(0, at) + comment + commented.slice(at);
  return commented;
}
