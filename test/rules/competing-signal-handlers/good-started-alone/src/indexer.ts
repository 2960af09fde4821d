import { pathToFileURL } from 'node:url';

export async function indexOf(text: string): Promise<string[]> {
  return text.split(/\s+/);
}

async function serveIndex(): Promise<void> {
  const timer = setInterval(() => void indexOf(''), 60_000);
  process.on('SIGTERM', async () => {
    clearInterval(timer);
    await indexOf('last words');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    process.exit(0);
  });
}

// A process of its own; the server imports this file for its functions only.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) void serveIndex();
