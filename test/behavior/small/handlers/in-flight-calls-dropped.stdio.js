async function stop() {
  console.error('stopping');
  await server.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
