import * as Sentry from '@sentry/node';
import { app } from './app.js';

Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 0.1 });

await app.listen({ port: 3000, host: '0.0.0.0' });

const close = async (signal) => {
  app.log.info({ signal }, 'closing');
  try {
    await app.close();
    process.exit(0);
  } catch (error) {
    Sentry.captureException(error);
    process.exit(1);
  }
};

process.once('SIGTERM', close);
