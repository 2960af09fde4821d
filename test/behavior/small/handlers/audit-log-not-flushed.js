import winston from 'winston';

const audit = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'audit.log' })],
});

let isStopping = false;

async function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  for (let entry = 1; entry <= 5_000; entry += 1) audit.info(`entry ${entry}`);
  await pool.end();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
