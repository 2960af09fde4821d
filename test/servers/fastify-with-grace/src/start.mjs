import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.mjs';

const app = await buildApp();

closeWithGrace({ delay: 8000 }, async ({ signal, err }) => {
  if (err) app.log.error({ err }, 'closing after an error');
  else app.log.info(`closing on ${signal}`);
  await app.close();
});

await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 8000) });
