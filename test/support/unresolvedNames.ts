import ts from 'typescript';

/** What is there without anybody saying so, as values or as types. */
const globals = new Set(
  `AbortController AbortSignal Array Awaited Boolean Buffer Date Error Event EventTarget Function Infinity JSON Map Math
  NodeJS NonNullable Number Object Parameters Partial Promise PromiseLike Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Request Response
  ReturnType Set String Symbol TypeError URL WeakMap WeakSet clearInterval clearTimeout console exports fetch globalThis
  module parseInt process queueMicrotask require setImmediate setInterval setTimeout structuredClone`.split(
    /\s+/,
  ),
);

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noLib: true,
  noResolve: true,
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
};

/** The names in a file that nothing in it declares or imports, and that Node does not bring either. */
export function unresolvedNames(path: string, text: string): ReadonlySet<string> {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return new Set();
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === path ? file : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === path,
    readFile: () => undefined,
  };
  const program = ts.createProgram([path], options, host);
  const names = program.getSemanticDiagnostics(file).flatMap(({ messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    const name = /^(?:Cannot find name|No value exists in scope for the shorthand property) '([^']+)'/.exec(
      message,
    )?.[1];
    return name === undefined || globals.has(name) || name.includes(':') ? [] : [name];
  });
  return new Set(names);
}
