
setInterval(() => console.error('still here'), 60_000);

async function stop() {
  console.error('stopping');
  await server.close();
  await pool.end();
  console.error('all closed');
}

process.on('SIGTERM', () => stop());
process.on('SIGINT', () => stop());
