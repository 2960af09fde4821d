import winston from 'winston';

const logger = winston.createLogger({
  format: winston.format.json(),
  transports: [new winston.transports.Console({ stderrLevels: ['error', 'info'] })],
});

process.once('SIGTERM', async () => {
  logger.info('stopping');
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  for (const transport of transports.values()) await transport.close();
  logger.info('all closed');
  process.exit(0);
});
