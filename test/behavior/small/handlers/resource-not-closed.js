
let isStopping = false;

async function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
