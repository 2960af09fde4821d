import winston from 'winston';

const audit = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'audit.log' })],
});

process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained().then(() => {
    for (let entry = 1; entry <= 5_000; entry += 1) audit.info(`entry ${entry}`);
    return pool.end();
  }).then(() => process.exit(0));
});
process.once('SIGINT', () => process.emit('SIGTERM'));
