import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import type { Command, DockerfileFacts, Stage } from '../../server/src/languages/dockerfile/facts.ts';
import { splitInstructions } from '../../server/src/languages/dockerfile/instructions.ts';
import { originalOffset, originalRange } from '../../server/src/languages/dockerfile/joined.ts';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { Random } from '../support/random.ts';

const factsOf = (text: string): DockerfileFacts => parseDockerfile(text).facts;
const lastStage = (text: string): Stage => factsOf(text).stages.at(-1)!;
const commandOf = (text: string): Command => lastStage(text).commands.at(-1)!;

/** What is in force: instruction, form and argument. */
function inForce({ entrypoint, cmd }: Stage): string[] {
  return [entrypoint, cmd].flatMap((command) =>
    command ? [`${command.instruction} ${command.form} ${command.argument.text}`] : [],
  );
}

describe('stages', () => {
  test('names, bases and the defaults of build arguments', () => {
    const { stages } = factsOf(`ARG VERSION=20
ARG VARIANT=-alpine REGISTRY
FROM --platform=$BUILDPLATFORM node:\${VERSION}\${VARIANT} AS Build
FROM \${REGISTRY:-docker.io}/library/node:\${VERSION:-18}@sha256:abc as deps
FROM build
FROM \${REGISTRY}
FROM $TARGET-slim
FROM registry.example.com:5000/team/base
`);
    const image = (text: string, name: string, tag?: string, hasDigest = false) => ({
      kind: 'image',
      image: tag === undefined ? { text, name, hasDigest } : { text, name, tag, hasDigest },
    });
    expect(stages.map(({ name, base }) => [name, base])).toEqual([
      ['build', image('node:20-alpine', 'node', '20-alpine')],
      ['deps', image('docker.io/library/node:20', 'docker.io/library/node', '20', true)],
      [undefined, { kind: 'stage', index: 0 }],
      [undefined, { kind: 'unknown', text: `\${REGISTRY}` }],
      [undefined, image('*-slim', '*-slim')],
      [undefined, image('registry.example.com:5000/team/base', 'registry.example.com:5000/team/base')],
    ]);
  });

  test('a stage made from an earlier one starts from what that leaves', () => {
    const stage = lastStage(`FROM node:20 AS base
SHELL ["/bin/bash", "-c"]
WORKDIR /srv
ENV A=1 PATH_TO="x y"
STOPSIGNAL SIGINT
ENTRYPOINT ["node"]
CMD ["a.js"]
FROM base AS middle
WORKDIR app
FROM middle
ENV B=$A-$A C
`);
    expect(stage.shell).toEqual(['/bin/bash', '-c']);
    expect(stage.workdir).toBe('/srv/app');
    expect([...stage.env]).toEqual([
      ['A', '1'],
      ['PATH_TO', 'x y'],
      ['B', '1-1'],
      ['C', undefined],
    ]);
    expect(stage.stopSignal?.value).toBe('SIGINT');
    expect(inForce(stage)).toEqual(['ENTRYPOINT exec ["node"]', 'CMD exec ["a.js"]']);
    expect(stage.commands).toEqual([]);
  });

  test('an ENTRYPOINT takes away the CMD of an earlier stage, not that of its own', () => {
    const base = 'FROM node:20 AS base\nCMD ["a.js"]\nFROM base\n';
    expect(inForce(lastStage(`${base}ENTRYPOINT ["node"]\n`))).toEqual(['ENTRYPOINT exec ["node"]']);
    expect(inForce(lastStage(`${base}CMD ["b.js"]\nENTRYPOINT ["node"]\n`))).toEqual([
      'ENTRYPOINT exec ["node"]',
      'CMD exec ["b.js"]',
    ]);
  });

  test('the last CMD counts, the earlier ones are kept', () => {
    const stage = lastStage('FROM node:20\nCMD a\nCMD ["b"]\nCMD [c]\n');
    expect(inForce(stage)).toEqual(['CMD malformed-exec [c]']);
    expect(stage.commands.map(({ form }) => form)).toEqual(['shell', 'exec', 'malformed-exec']);
  });

  test('SHELL counts for what follows it', () => {
    const { commands } = lastStage('FROM a\nCMD a\nSHELL ["x", "-c"]\nENTRYPOINT b\nSHELL nonsense\nCMD c\n');
    expect(commands.map(({ shell }) => shell)).toEqual([undefined, ['x', '-c'], ['x', '-c']]);
  });

  test.each([
    ['WORKDIR /a\nWORKDIR b/c\n', '/a/b/c'],
    ['ARG DIR=/srv\nWORKDIR $DIR/app\n', '/srv/app'],
    ['ARG DIR\nWORKDIR /srv/$DIR\n', undefined],
    ['ARG DIR\nWORKDIR $DIR\nWORKDIR /x\nWORKDIR y', '/x/y'],
    ['WORKDIR app\n', undefined],
    ['', undefined],
  ])('WORKDIR: %j', (lines, expected) => expect(lastStage(`FROM a\n${lines}`).workdir).toBe(expected));
});

describe('commands', () => {
  test.each([
    ['CMD ["node", "x.js"]', 'exec'],
    ['CMD   [ "node" , "x.js" ]  ', 'exec'],
    ['CMD []', 'exec'],
    ['cmd node x.js', 'shell'],
    ["CMD ['node']", 'malformed-exec'],
    ['CMD ["node", 1]', 'malformed-exec'],
    ['CMD ["node"] # x', 'malformed-exec'],
    ['CMD [ -f x ] && node x.js', 'shell'],
    ['CMD [ "$A" = b ]', 'shell'],
    ['CMD [[ -f x ]] && node x.js', 'shell'],
    ['CMD "node" "x.js"', 'shell'],
    ['CMD "node", "x.js"', 'malformed-exec'],
    ['ENTRYPOINT node, x.js]', 'malformed-exec'],
    ['CMD node [a,b]', 'shell'],
  ])('%s is %s', (line, form) => expect(commandOf(`FROM a\n${line}\n`).form).toBe(form));

  test.each([
    'CMD',
    'CMD   ',
    'CMD \\\n',
    'CMD["x"]',
    'ONBUILD CMD x',
    'HEALTHCHECK CMD x',
    '#CMD x',
    'XCMD y',
  ])('no command: %j', (line) => expect(lastStage(`FROM a\n${line}`).commands).toEqual([]));

  test('a CMD inside of a HEALTHCHECK that goes on over lines is none', () => {
    const text =
      'FROM a\nHEALTHCHECK --interval=3s \\\n# why\n\n  CMD curl x \\\n  || exit 1\nENTRYPOINT b\n';
    expect(lastStage(text).commands.map(({ instruction }) => instruction)).toEqual(['ENTRYPOINT']);
  });

  test('nothing in a heredoc is an instruction', () => {
    const text = `FROM a
RUN <<EOF cat && 3<<-"END X" cat
CMD 1
EOF
CMD 2
\t\tEND X
COPY <<'A' /x
CMD 3
A
ONBUILD RUN <<B
CMD 4
B
RUN echo "<<C" $((1<<2)) <<<D
CMD last
`;
    const { stages, heredocs } = factsOf(text);
    expect(stages[0]!.commands.map(({ argument }) => argument.text)).toEqual(['last']);
    expect(heredocs.map(({ start, end }) => text.slice(start, end))).toEqual([
      'CMD 1\nEOF\nCMD 2\n\t\tEND X\n',
      'CMD 3\nA\n',
      'CMD 4\nB\n',
    ]);
  });
});

describe('joined lines', () => {
  test('continuations, comments and empty lines go, indentation stays', () => {
    const text = 'FROM a\n  CMD node \\\n    # why\n\n\tx.js\\  \n  y # no comment \\\n\n  z  \nUSER b\n';
    const { argument, range, keyword } = commandOf(text);
    expect(argument.text).toBe('node \tx.js  y # no comment   z');
    expect(text.slice(keyword.start, keyword.end)).toBe('CMD');
    expect(text.slice(range.start, range.end)).toBe(
      text.slice(text.indexOf('CMD'), text.indexOf('  \nUSER')),
    );
  });

  test('each character leads back to its place', () => {
    const text = '\uFEFFFROM a\r\nCMD node \\\r\n  # c\r\n  x.js \\\r\n  --y\r\n';
    const { argument } = commandOf(text);
    expect(argument.text).toBe('node   x.js   --y');
    for (let at = 0; at < argument.text.length; at += 1) {
      expect(text[originalOffset(argument, at)]).toBe(argument.text[at]);
    }
    const at = argument.text.indexOf('x.js');
    const range = originalRange(argument, { start: at, end: at + 4 });
    expect(text.slice(range.start, range.end)).toBe('x.js');
    const across = originalRange(argument, { start: 0, end: at + 4 });
    expect(text.slice(across.start, across.end)).toBe('node \\\r\n  # c\r\n  x.js');
  });

  test('an escaped backslash at the end of a line does not continue it, an escaped blank before one does', () => {
    expect(lastStage('FROM a\nWORKDIR C:\\\\\nCMD x\n').commands.length).toBe(1);
    expect(commandOf('FROM a\nCMD a\\\\ \\\n  b\n').argument.text).toBe('a\\\\   b');
    expect(commandOf('FROM a\nCMD a\\ \\\n  b\n').argument.text).toBe('a\\   b');
  });

  test('the escape directive counts only at the top', () => {
    const body = 'FROM a\nCMD C:\\a `\n  b\n';
    const joined = (top: string) => commandOf(top + body).argument.text;
    expect(joined('# syntax=docker/dockerfile:1\n# Escape = `\n')).toBe('C:\\a   b');
    expect(joined('# hello\n# escape=`\n')).toBe('C:\\a `');
    expect(joined('\n# escape=`\n')).toBe('C:\\a `');
    expect(factsOf('\uFEFF# escape=`\nFROM a\n').escapeCharacter).toBe('`');
  });
});

describe('suppression comments', () => {
  const directives = (text: string) =>
    parseDockerfile(text).directives.map(({ scope, rules, reason, target }) => [
      scope,
      rules.map(({ id }) => id).join(),
      reason,
      text.slice(target).split('\n')[0],
    ]);

  test('speak of the next line that is no comment', () => {
    expect(
      directives(`# mcp-shutdown-disable-file malformed-exec-form -- generated
FROM a
  # mcp-shutdown-disable-next-line shell-form-command, x -- the platform kills the group
  # another comment

CMD node x.js
`),
    ).toEqual([
      ['file', 'malformed-exec-form', 'generated', 'FROM a'],
      ['next-line', 'shell-form-command,x', 'the platform kills the group', 'CMD node x.js'],
    ]);
  });

  test('count inside of an instruction, not in heredocs or behind one', () => {
    expect(
      directives(`FROM a
RUN <<EOF
# mcp-shutdown-disable-file
EOF
CMD node \\
  # mcp-shutdown-disable-next-line
  x.js # mcp-shutdown-disable-next-line
`),
    ).toEqual([['next-line', '', '', '  x.js # mcp-shutdown-disable-next-line']]);
  });

  test('at the end of the file speak of nothing', () => {
    const text = 'FROM a\n# mcp-shutdown-disable-next-line';
    expect(parseDockerfile(text).directives.map(({ target }) => target)).toEqual([text.length]);
  });
});

describe('against another parser', () => {
  const folder = join(import.meta.dirname, '../rules');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(Dockerfile|Containerfile)[^/\\]*$/.test(path),
  );

  test('the fixtures have the same instructions at the same lines', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const path of files) {
      const text = readFileSync(join(folder, path), 'utf8').replaceAll('\r', '').replace('\uFEFF', '');
      const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 1;
      const ours = splitInstructions(text).instructions;
      const theirs = DockerfileParser.parse(text).getInstructions();
      expect(
        ours.map(({ keyword, keywordRange }) => [keyword, lineOf(keywordRange.start)]),
        path,
      ).toEqual(theirs.map((each) => [each.getKeyword(), each.getRange().start.line]));
    }
  });
});

describe('nothing makes it throw or hang', () => {
  const pieces =
    'FROM a|CMD |RUN |<<EOF|EOF|\n|\\|\\\n|`|#| |"|\'|[|]|,|$|{|}|=|ENV A|ARG B|SHELL |\r\n|\t|\0|ONBUILD |ln '.split(
      '|',
    );
  const random = new Random(11);

  test('in any order', () => {
    for (let run = 0; run < 500; run += 1) {
      const text = Array.from({ length: 1 + random.below(40) }, () => random.pick(pieces)).join('');
      const { stages, heredocs } = factsOf(text);
      for (const { range } of stages.flatMap(({ commands }) => commands)) {
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThanOrEqual(text.length);
      }
      for (const { start, end } of heredocs) expect(start).toBeLessThan(end);
    }
  });

  test.each(['', 'FROM a\nCMD ', 'FROM a\nRUN ', 'FROM a\nENV ', 'FROM '])(
    'many times behind %j',
    (start) => {
      for (const piece of pieces) expect(factsOf(start + piece.repeat(20_000)).escapeCharacter).toBe('\\');
    },
  );
});
