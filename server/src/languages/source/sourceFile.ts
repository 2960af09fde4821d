import ts from 'typescript';

/** The parser's way to make nodes: not in its public types, though it is there for such as want nodes of their own. */
interface Allocator {
  getNodeConstructor(): new (kind: ts.SyntaxKind, start: number, end: number) => object;
}

const { objectAllocator, setObjectAllocator } = ts as unknown as {
  readonly objectAllocator: Allocator;
  setObjectAllocator(change: Allocator): void;
};

/** People write one for ten characters or more, minifiers one for two. */
const nodesPerCharacter = 1;
const nodesBesides = 20_000;

/** How many more the text that is being parsed may have. */
let left = 0;

/** One class for all texts: engines are fast where objects are of one. */
class CountedNode extends objectAllocator.getNodeConstructor() {
  constructor(kind: ts.SyntaxKind, start: number, end: number) {
    super(kind, start, end);
    left -= 1;
    if (left < 0) throw new RangeError('the parser makes too many nodes of this text');
  }
}

/**
 * Parses a file; broken text gives the tree of what could be read. The path only tells the dialect.
 * @throws RangeError where the text is nested too deep, or the parser tries so many readings of it that it makes
 * many more nodes than the text has: each unfinished `async(() => {` inside another doubles its time.
 */
export function parseSourceFile(path: string, text: string): ts.SourceFile {
  const { getNodeConstructor } = objectAllocator;
  left = text.length * nodesPerCharacter + nodesBesides;
  setObjectAllocator({ getNodeConstructor: () => CountedNode });
  try {
    return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, scriptKind(path));
  } finally {
    setObjectAllocator({ getNodeConstructor });
  }
}

/** JSX is legal in a plain .js file to every tool that people use. */
function scriptKind(path: string): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  return /\.[cm]?ts$/i.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}
