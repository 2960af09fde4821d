import { PostHog } from 'posthog-node';

export const analytics = new PostHog(process.env.POSTHOG_KEY ?? '', { host: 'https://eu.i.posthog.com', flushAt: 50 });
