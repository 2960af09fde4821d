import { Random } from './random.ts';

/*
 * Commands as they stand behind CMD, made of pieces that a shell reads in ways of their own.
 */

const plainPieces = [
  'x',
  'dist/index.js',
  '--port=80',
  'a-b_c',
  '%',
  '+1',
  'ü',
  '=',
  '@',
  ':',
  ',',
  '^',
  ']',
  '}',
];
const quotedPieces = [
  "'a b'",
  '"c  d"',
  "'$X'",
  '"\\$X"',
  '\\ z',
  '\\"',
  "\\'",
  '\\\\',
  '"\\\\"',
  "'\\'",
  '"\'"',
  "'\"'",
  '""',
  '\\*',
  '"*"',
  '"#"',
  "'~'",
  '\\&',
  '"a\\b"',
  "'\t'",
];
const shellPieces = [
  '$PORT',
  '"$TWO"',
  '$TWO',
  '*.js',
  '$(echo s t)',
  '`echo u`',
  `"\${NONE:-d e}"`,
  '$((2*3))',
  '"\\"$PORT\\""',
  '$EMPTY',
];

/** A command, as the file has it and as Docker hands it to the shell. */
export interface LaidOut {
  readonly file: string;
  readonly joined: string;
}

/** Makes commands; the same ones for the same seed. */
export class ShellCommands {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** The next one, spread over lines. */
  next(): LaidOut {
    return this.laidOut(this.command());
  }

  private some(most: number, make: () => string): string[] {
    return Array.from({ length: this.random.below(most + 1) }, make);
  }

  private word(): string {
    const { random } = this;
    const kinds = random.pick([plainPieces, quotedPieces, [...plainPieces, ...quotedPieces], shellPieces]);
    return [random.pick(kinds), ...this.some(2, () => random.pick(kinds))].join('');
  }

  private assignment(): string {
    const { random } = this;
    return `${random.pick(['A', 'B_2', 'PORT'])}=${random.pick(['', '1', "'a b'", '$TWO', '"$PORT x"'])}`;
  }

  private simple(program: string): string[] {
    return [
      ...this.some(1, () => this.assignment()),
      program,
      ...this.some(4, () => this.word()),
      ...this.some(1, () => this.random.pick(['2>&1', '>log', '>> log'])),
    ];
  }

  private command(): string[] {
    const { random } = this;
    const before = this.some(2, () =>
      random.pick(['helper one', 'cd "$HOME/sub"', 'true', 'export E=2', '[ -d / ]', 'false || helper']),
    );
    const glue = random.pick(['&&', ';']);
    return [
      ...before.flatMap((text) => [...text.split(' '), glue]),
      ...this.simple(random.pick(['node', 'node', '/usr/bin/env node'])),
    ];
  }

  private laidOut(tokens: readonly string[]): LaidOut {
    const { random } = this;
    const gaps = tokens.map((_, index) => {
      if (index === tokens.length - 1) return { file: '', joined: '' };
      if (random.below(4) > 0) return { file: ' ', joined: ' ' };
      const indent = random.pick(['    ', '  ', '\t']);
      const between = random.pick(['', '', `${indent}# a comment\n`, '\n']);
      return { file: ` \\\n${between}${indent}`, joined: ` ${indent}` };
    });
    const text = (key: 'file' | 'joined') => tokens.map((token, index) => token + gaps[index]![key]).join('');
    return { file: text('file'), joined: text('joined') };
  }
}
