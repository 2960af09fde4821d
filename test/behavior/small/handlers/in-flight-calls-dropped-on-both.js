process.on('SIGINT', async () => {
  for (const transport of transports.values()) await transport.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
process.on('SIGTERM', async () => {
  console.error('stopping');
  for (const transport of transports.values()) await transport.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
