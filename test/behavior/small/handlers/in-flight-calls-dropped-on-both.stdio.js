process.on('SIGINT', async () => {
  await server.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
process.on('SIGTERM', async () => {
  console.error('stopping');
  await server.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
