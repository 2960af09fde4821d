import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import * as Sentry from '@sentry/node';

const provider = new NodeTracerProvider();
provider.register();
Sentry.init({ dsn: process.env.SENTRY_DSN });

process.on('SIGTERM', async () => {
  await Promise.allSettled([provider.shutdown(), Sentry.flush(2_000)]);
});
