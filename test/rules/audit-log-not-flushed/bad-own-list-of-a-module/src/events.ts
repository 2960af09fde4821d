const events: string[] = [];

setInterval(() => void flushEvents(), 10_000);

export function record(name: string): void {
  events.push(name);
}

async function flushEvents(): Promise<void> {
  const batch = events.splice(0);
  if (batch.length > 0) await fetch('https://events.example.com', { method: 'POST', body: JSON.stringify(batch) });
}
