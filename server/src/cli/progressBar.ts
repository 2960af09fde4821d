import type { Environment } from './environment.ts';

const width = 30;
const mebibyte = 2 ** 20;

/** How far a log was read, on one line of standard error where that is a terminal, and nowhere else. */
export class ProgressBar {
  private shown = '';

  /** @param total bytes, `undefined` where nobody knows */
  constructor(
    private readonly environment: Pick<Environment, 'isErrorTTY' | 'writeError'>,
    private readonly total: number | undefined,
  ) {}

  show(bytes: number): void {
    if (!this.environment.isErrorTTY) return;
    const text = this.textAt(bytes);
    // A terminal is slower than a disk: only what looks different is written.
    if (text !== this.shown) this.environment.writeError(`\r${text}`);
    this.shown = text;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.shown !== '') this.environment.writeError(`\r${' '.repeat(this.shown.length)}\r`);
    this.shown = '';
  }

  private textAt(bytes: number): string {
    if (!this.total) return `Reading: ${Math.floor(bytes / mebibyte)} MiB`;
    const share = Math.min(1, bytes / this.total);
    const full = Math.floor(share * width);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    return `Reading: [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${percent} %`;
  }
}
