
async function stop() {
  console.error('stopping');
  await drained();
  await pool.end();
  // What was logged is written meanwhile.
  await sleep(300);
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
