import { describe, expect, test } from 'vitest';
import { type ShellCommand, simpleCommandsOf } from '../../server/src/languages/shell/ast.ts';
import { parseShellCommand } from '../../server/src/languages/shell/parse.ts';

/** The values of the first command's words; `?` for one that needs a shell. */
function words(text: string): string[] {
  const [command] = simpleCommandsOf(parseShellCommand(text).list);
  return command?.words.map(({ value }) => value ?? '?') ?? [];
}

function kinds(text: string): string[] {
  return parseShellCommand(text).list.items.map(
    ({ command, operator }) => `${shapeOf(command)}${operator && ` ${operator}`}`,
  );
}

function shapeOf(command: ShellCommand): string {
  return command.kind === 'compound' ? command.shape : command.kind;
}

describe('words', () => {
  test.each([
    ['node dist/index.js --http', ['node', 'dist/index.js', '--http']],
    [`node "a b" 'c d' e\\ f`, ['node', 'a b', 'c d', 'e f']],
    [`node "\\"x\\" \\$y \\n" 'it'"'"'s'`, ['node', '"x" $y \\n', "it's"]],
    ['node --x="1"2', ['node', '--x=12']],
    ['node $A "$A" $(a) `a` $((1))', ['node', '?', '?', '?', '?', '?']],
    ['node *.js x? [ab] "*.js" \\*', ['node', '?', '?', '?', '*.js', '*']],
    ['node ~ ~/x "~" a~', ['node', '?', '?', '~', 'a~']],
    ["node $'a' {a,b}", ['node', '?', '?']],
    ['node a#b # c', ['node', 'a#b']],
    ['', []],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));
});

describe('structure', () => {
  test.each([
    ['a && b || c; d & e', ['simple &&', 'simple ||', 'simple ;', 'simple &', 'simple']],
    ['a | b && ! c', ['pipeline &&', 'pipeline']],
    ['{ a; } ; (b)', ['group ;', 'subshell']],
    ['if a; then b; else c; fi; case x in y) z;; esac', ['branch ;', 'branch']],
    ['while a; do b; done; for i in 1; do c; done', ['loop ;', 'loop']],
    ['f() { a; }; [[ -f x ]]', ['function ;', 'test']],
  ])('%s', (text, expected) => expect(kinds(text)).toEqual(expected));
});

test('a command keeps its places, its exec, its assignments and its redirections', () => {
  const text = 'A=1 B=$C exec node x.js > log';
  const [command] = simpleCommandsOf(parseShellCommand(text).list);
  const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  expect(command?.assignments.map((part) => [at(part), part.name, part.value])).toEqual([
    ['A=1', 'A', '1'],
    ['B=$C', 'B', undefined],
  ]);
  expect(at(command!.exec!)).toBe('exec');
  expect(command?.words.map(at)).toEqual(['node', 'x.js']);
  expect(command?.hasRedirections).toBe(true);
});

test('a comment at the end is known', () => {
  const script = parseShellCommand('node x.js; # the server');
  expect(script.text.slice(script.comment!.start, script.comment!.end)).toBe('# the server');
  expect(parseShellCommand('node "#" a#b').comment).toBeUndefined();
});

test.each(['node "x', "node 'x", 'if a; then b', '(a', 'a &&', 'node $(x', 'node x \\', ')', 'while'])(
  'an incomplete command is broken: %s',
  (text) => expect(parseShellCommand(text).isBroken).toBe(true),
);

test('nothing makes it throw or hang', () => {
  const pieces = [
    'node',
    ' ',
    '"',
    "'",
    '$(',
    '${',
    '`',
    '(',
    '{ ',
    ';',
    '&&',
    '|',
    '<<A',
    '\\',
    'if ',
    'case ',
    '\n',
    '\0',
    '#',
  ];
  let seed = 7;
  const random = (limit: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % limit;
  };
  for (let run = 0; run < 500; run += 1) {
    const text = Array.from({ length: 1 + random(30) }, () => pieces[random(pieces.length)]).join('');
    expect(() => parseShellCommand(text)).not.toThrow();
  }
  for (const piece of pieces) expect(parseShellCommand(piece.repeat(4000)).text.length).toBeGreaterThan(0);
});
