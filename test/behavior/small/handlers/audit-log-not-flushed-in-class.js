import winston from 'winston';

class AuditTrail {
  log = winston.createLogger({
    transports: [new winston.transports.File({ filename: 'audit.log' })],
  });

  write() {
    for (let entry = 1; entry <= 5_000; entry += 1) this.log.info(`entry ${entry}`);
  }
}

const trail = new AuditTrail();

let isStopping = false;

async function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  trail.write();
  await pool.end();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
