/** A place in a text as editors count it: both numbers start at 0, `character` is in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and line/character positions of one text. `\n`, `\r\n` and `\r` end a line. */
export class LineMap {
  private readonly starts: number[] = [0];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let offset = 0; offset < text.length; offset += 1) {
      const code = text.charCodeAt(offset);
      if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
      if (code === 10 || code === 13) this.starts.push(offset + 1);
    }
  }

  /** How many lines the text has; an empty text has one. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; an offset outside the text is moved to its nearest end. */
  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (this.starts[low] as number) };
  }

  /** The offset of a position; a line or character outside the text is moved to the nearest place inside. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.starts.length) return this.text.length;
    const start = this.lineStart(position.line);
    const end = position.line + 1 < this.starts.length ? this.lineStart(position.line + 1) : this.text.length;
    return Math.max(start, Math.min(start + position.character, end));
  }

  /** The offset at which a line begins (`line` counted from 0 and clamped to the text). */
  lineStart(line: number): number {
    return this.starts[Math.max(0, Math.min(line, this.starts.length - 1))] as number;
  }

  /** The text of a line without its line ending. */
  lineText(line: number): string {
    const start = this.lineStart(line);
    const end = line + 1 < this.starts.length ? this.lineStart(line + 1) : this.text.length;
    return this.text.slice(start, end).replace(/[\r\n]+$/, '');
  }
}
