
async function stop() {
  console.error('stopping');
  await drained();
  await pool.end();
  // What was logged is written meanwhile.
  await sleep(300);
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
