import { PostHog } from 'posthog-node';

let client: PostHog | undefined;

export function capture(event: string): void {
  if (process.env.TELEMETRY === 'off') return;
  client ??= new PostHog('phc_key', { flushInterval: 10_000 });
  client.capture({ distinctId: 'server', event });
}

export async function stopAnalytics(): Promise<void> {
  await client?.shutdown();
}
