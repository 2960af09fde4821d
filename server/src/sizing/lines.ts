/** A longer line is no log record; in UTF-16 units. */
const maxLineLength = 1 << 20;

/** In place of a line that is too long to be kept. */
export const tooLong = Symbol('a line that is too long');

/**
 * Cuts bytes into lines and gives each to `take`, without its ending; never holds more than one line.
 * Bytes that are no UTF-8 become U+FFFD; a UTF-16 byte order mark (PowerShell's `>` writes one) is understood.
 */
export class LineSplitter {
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private rest = '';
  private isSkipping = false;

  constructor(private readonly take: (line: string | typeof tooLong) => void) {}

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.decoder ??= new TextDecoder(encodingOf(bytes));
    this.pushText(this.decoder.decode(bytes, { stream: true }));
  }

  /** The last line may have no ending. */
  end(): void {
    this.pushText(this.decoder?.decode() ?? '');
    this.endLine();
  }

  private pushText(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.keep(text.slice(start, end));
      this.endLine();
      start = end + 1;
    }
    this.keep(text.slice(start));
  }

  private keep(part: string): void {
    if (this.isSkipping) return;
    this.rest += part;
    if (this.rest.length <= maxLineLength) return;
    this.isSkipping = true;
    this.rest = '';
    this.take(tooLong);
  }

  private endLine(): void {
    const line = this.rest;
    this.rest = '';
    if (this.isSkipping) this.isSkipping = false;
    else if (line !== '') this.take(line);
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
