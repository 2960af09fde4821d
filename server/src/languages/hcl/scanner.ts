import type { Range } from '../../text/range.ts';

/** A text that is no HCL. */
export class HclError extends Error {}

/** Nobody nests deeper; the stack would end somewhere. */
const maxDepth = 200;

/** Goes through an HCL text. */
export class Scanner {
  at = 0;
  readonly multiLine: Range[] = [];
  private depth = 0;

  constructor(readonly text: string) {
    if (text.startsWith('\uFEFF')) this.at = 1;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  sees(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  takes(token: string): boolean {
    if (!this.sees(token)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.takes(token)) throw new HclError(`${token} expected at ${this.at}`);
  }

  /** What a sticky expression matches here, and goes behind it; `''` where it does not match. */
  match(expression: RegExp): string {
    expression.lastIndex = this.at;
    const [found = ''] = expression.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  /** Blanks and block comments, no line ends. */
  skipBlanks(): void {
    this.match(/(?:[ \t]+|\/\*[\s\S]*?\*\/)*/y);
  }

  /** Blanks, line ends and comments. */
  skipBlank(): void {
    this.match(/(?:\s+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  }

  /** Behind an entry stands the end of the line, or of what it stands in. */
  expectLineEnd(): void {
    this.skipBlanks();
    if (!this.isAtEnd && !/[\r\n}#]|\/\//y.test(this.text.slice(this.at, this.at + 2))) {
      throw new HclError(`line end expected at ${this.at}`);
    }
  }

  word(): string {
    const word = this.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
    if (word === '') throw new HclError(`name expected at ${this.at}`);
    return word;
  }

  nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > maxDepth) throw new HclError('nested too deep');
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** A text in double quotes; what is filled in (`${...}`) stays as it is written. */
  string(): string {
    this.expect('"');
    let value = '';
    for (;;) {
      value += this.match(/[^"\\$%\r\n]+/y);
      if (this.takes('"')) return value;
      if (this.sees('${') || this.sees('%{')) value += this.braced(2);
      else if (this.sees('\\')) value += this.escape();
      else if (this.isAtEnd || /[\r\n]/.test(this.text[this.at]!)) throw new HclError('open text');
      else value += this.text[this.at++];
    }
  }

  /** `${...}`, which may hold texts and braces in its turn; `opening` is the length of what opens it. */
  private braced(opening: number): string {
    const start = this.at;
    this.at += opening;
    this.nested(() => {
      while (!this.takes('}')) {
        if (this.sees('"')) this.string();
        else if (this.sees('{')) this.braced(1);
        else if (this.match(/[^"{}]+/y) === '') throw new HclError('open brace');
      }
    });
    return this.text.slice(start, this.at);
  }

  private escape(): string {
    const code = /\\u([\dA-Fa-f]{4})/y;
    code.lastIndex = this.at;
    const [whole, digits = ''] = code.exec(this.text) ?? [];
    if (whole) {
      this.at += whole.length;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const letter = this.text[this.at + 1] ?? '';
    this.at += 2;
    return { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
  }

  /** `<<EOF` and `<<-EOF`, up to the line that holds the word alone. */
  heredoc(): string {
    const start = this.at;
    const [, isIndented = '', word = ''] = /^<<(-?)([\w-]+)/.exec(this.text.slice(start, start + 100)) ?? [];
    this.match(/<<-?[\w-]+[ \t]*\r?\n/y);
    const from = this.at;
    const end = word && from > start ? this.lineOf(word) : undefined;
    if (end === undefined) throw new HclError('open heredoc');
    this.at = end.end;
    this.multiLine.push({ start, end: this.at });
    const lines = this.text.slice(from, end.start).split('\n');
    const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
    const indent = isIndented ? indents.reduce((least, each) => Math.min(least, each), 1_000) : 0;
    return lines.map((line) => line.slice(indent)).join('\n');
  }

  private lineOf(word: string): Range | undefined {
    const line = /[ \t]*([^\r\n]*)/y;
    for (let start = this.at; start < this.text.length; ) {
      line.lastIndex = start;
      const [whole = '', content = ''] = line.exec(this.text) ?? [];
      const end = start + whole.length;
      if (content.trimEnd() === word) return { start, end: start + whole.trimEnd().length };
      const next = this.text.indexOf('\n', end);
      if (next < 0) return undefined;
      start = next + 1;
    }
    return undefined;
  }
}
