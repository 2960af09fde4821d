
setInterval(() => console.error('still here'), 60_000);

process.on('SIGTERM', async () => {
  console.error('stopping');
  await server.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
