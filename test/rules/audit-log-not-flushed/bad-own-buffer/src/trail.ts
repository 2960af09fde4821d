import { appendFile } from 'node:fs/promises';

interface Entry {
  readonly tool: string;
  readonly at: number;
}

class AuditTrail {
  private pending: Entry[] = [];

  constructor(private readonly file: string) {
    setInterval(() => void this.flush(), 5_000).unref();
  }

  record(tool: string): void {
    this.pending.push({ tool, at: Date.now() });
    if (this.pending.length >= 100) void this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    if (batch.length > 0) await appendFile(this.file, batch.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}

export const trail = new AuditTrail('audit.jsonl');
