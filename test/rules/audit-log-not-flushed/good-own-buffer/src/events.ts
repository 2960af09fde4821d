const events: string[] = [];

export function record(name: string): void {
  events.push(name);
}

async function flushEvents(): Promise<void> {
  const batch = events.splice(0);
  if (batch.length > 0) await fetch('https://events.example.com', { method: 'POST', body: JSON.stringify(batch) });
}

export async function stopEvents(): Promise<void> {
  await flushEvents();
}
