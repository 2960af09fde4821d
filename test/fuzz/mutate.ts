import type { Random } from '../support/random.ts';
import type { InputLanguage } from './seeds.ts';

/** Changes a text; `donor` is another text of the same language. */
type Mutation = (text: string, random: Random, donor: string) => string;

const tokens: Record<InputLanguage, readonly string[]> = {
  source: [
    ...[
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '=>',
      '`',
      '${',
      "'",
      '"',
      '/*',
      '*/',
      '//',
      '<',
      '?.',
      '...',
      '#x',
      '@',
    ],
    ...['async ', 'await ', 'yield ', 'class ', 'function ', 'return ', 'export default ', 'import(', 'new '],
    ...[
      "process.on('SIGTERM', ",
      'process.exit(',
      '.finally(',
      'for (;;) ',
      'switch (x) {',
      'try {',
      'enum E {',
    ],
    ...[
      'import x from ',
      'export * from "./',
      'require(',
      'case 1:',
      'while (true) ',
      'let a = a;',
      '=',
      ';',
    ],
    '// mcp-shutdown-disable-next-line immediate-exit\n',
    '/* mcp-shutdown-disable-file */',
  ],
  dockerfile: [
    ...['\\\n', '`\n', '[', ']', '"', "'", '$', '${', '<<EOF\n', '#', '&&', '||', ';', '&', '|', 'exec '],
    ...[
      'FROM ',
      'CMD ',
      'ENTRYPOINT ',
      'SHELL [',
      'ENV A=',
      'ARG ',
      'ONBUILD ',
      'HEALTHCHECK CMD ',
      'COPY --from=0 ',
    ],
    ...[
      '# escape=`\n',
      '# syntax=docker/dockerfile:1\n',
      '# mcp-shutdown-disable-next-line\n',
      'STOPSIGNAL 9\n',
    ],
  ],
  shell: [
    ...['\\\n', '$(', ')', '`', '${', '}', '"', "'", '<<EOF\n', '#', '&&', '||', ';', '&', '|', '((', '[['],
    ...[
      'if ',
      'then ',
      'fi\n',
      'case x in\n',
      'esac\n',
      'do ',
      'done\n',
      'exec ',
      'trap ',
      'f() {',
      '$@',
      '!',
    ],
  ],
  json: ['{', '}', '[', ']', '"', ',', ':', 'null', '1e999', '"__proto__":', '\\u', '//', '/*', '-', 'true'],
  yaml: [
    ...[
      ': ',
      '- ',
      '\n  ',
      '\t',
      '&a ',
      '*a',
      '<<: *a',
      '|',
      '>',
      '"',
      "'",
      '{',
      '[',
      '#',
      '---\n',
      '...\n',
      '? ',
    ],
    ...['!!binary ', '%YAML 1.2\n', '{{ .Values.x }}', '${X:-', '~', '!', '@', '0x7f', '1_000', '.inf'],
  ],
  toml: [
    '[',
    ']',
    '[[',
    ']]',
    '=',
    '"',
    "'",
    '"""',
    "'''",
    '.',
    '#',
    '{',
    '}',
    ',',
    '1979-05-27',
    'inf',
    '\\',
  ],
  hcl: [
    ...[
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '"',
      '${',
      '%{',
      '=',
      ',',
      '#',
      '//',
      '/*',
      '*/',
      '<<E\n',
      '<<-E\n',
      '\nE\n',
      '\\',
    ],
    ...[
      'job "x" {\n',
      'task "y" {\n',
      'env {\n',
      'kill_timeout = ',
      'for x in y : ',
      'var.x',
      ' ? ',
      '=> ',
      '...',
    ],
  ],
};

const oddCharacters = [
  ...['\uFEFF', '\uD800', '\uDC00', '\uD83D\uDE00', '\u2028', '\u2029', '\u00A0', '\u200B', '\u202E'],
  ...['\0', '\u0001', '\u007F', '\u0085', '\r', '\n', '\r\n', '\t', '\v', '\f', '\\', '\u0301', 'é', '中'],
];

const general: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => replaced(text, stretch(text, random), ''),
  (text, random) => {
    const place = stretch(text, random);
    return replaced(text, place, text.slice(place[0], place[1]).repeat(2 + random.below(4)));
  },
  (text, random, donor) => {
    const [start, end] = stretch(donor, random);
    return replaced(text, point(text, random), donor.slice(start, end));
  },
  (text, random, donor) => text.slice(0, random.below(text.length)) + donor.slice(random.below(donor.length)),
  (text, random) => replaced(text, point(text, random), random.pick(oddCharacters)),
  (text, random) => {
    const at = random.below(text.length);
    return replaced(text, [at, at + 1], random.pick(oddCharacters));
  },
  (text, random) => replaced(text, character(text, random), ''),
  (text, random) => {
    const lines = text.split('\n');
    const [one, other] = [random.below(lines.length), random.below(lines.length)];
    [lines[one], lines[other]] = [lines[other] as string, lines[one] as string];
    return lines.join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length), 1 + random.below(3));
    return lines.join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const line = random.pick(lines);
    lines.splice(random.below(lines.length), 0, ...Array<string>(1 + random.below(60)).fill(line));
    return lines.join('\n');
  },
  (text, random, donor) => {
    const [mine, theirs] = [words(text), words(donor)];
    if (mine.length === 0 || theirs.length === 0) return text;
    return text.replaceAll(random.pick(mine), () => random.pick(random.chance(0.5) ? mine : theirs));
  },
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => text.replace(/\r?\n/g, '\r'),
  (text, random) => text.replace(/\n/g, () => random.pick(['\n', '\r\n', '\r', '\u2028', '\n\r', ''])),
  (text) => text.replace(/\s*\n\s*/g, ' '),
  (text) => `\uFEFF${text}`,
  (text) => text.trimEnd(),
  (text, random) => brokenBytes(text, random),
];

/** Changes a text in one to five ways. */
export function mutate(text: string, language: InputLanguage, random: Random, donor: string): string {
  let result = text;
  for (let left = 1 + random.below(5); left > 0; left -= 1) {
    // Well-formed words at odd places get deeper into a parser than noise does.
    result = random.chance(0.3)
      ? replaced(result, point(result, random), random.pick(tokens[language]))
      : random.pick(general)(result, random, donor);
    // Repetitions of repetitions: large enough is large enough.
    if (result.length > 300_000) result = result.slice(0, 300_000);
  }
  return result;
}

/** Bytes that are no UTF-8, as they look once they were read. */
function brokenBytes(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  for (let left = 1 + random.below(8); left > 0 && bytes.length > 0; left -= 1) {
    bytes[random.below(bytes.length)] = 0x80 + random.below(0x80);
  }
  return bytes.toString('utf8');
}

function replaced(text: string, [start, end]: readonly [number, number], by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function point(text: string, random: Random): [number, number] {
  const at = random.below(text.length + 1);
  return [at, at];
}

function character(text: string, random: Random): [number, number] {
  const at = random.below(text.length);
  return [at, at + 1];
}

function stretch(text: string, random: Random): [number, number] {
  const start = random.below(text.length + 1);
  return [start, Math.min(text.length, start + random.below(random.chance(0.5) ? 20 : 400))];
}

function words(text: string): string[] {
  return [...new Set(text.match(/[A-Za-z_]\w*/g))];
}
