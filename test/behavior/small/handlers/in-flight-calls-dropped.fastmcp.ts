
let isStopping = false;

async function shutdown(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  console.error(`${signal}: stopping`);
  await server.stop();
  await pool.end();
  console.error('all closed');
  process.exit(0);
}

process.on('SIGTERM', () => shutdown('SIGTERM'));
process.on('SIGINT', () => shutdown('SIGINT'));
