process.on('SIGTERM', async () => {
  console.error('stopping');
  // Sessions go first.
  for (const transport of transports.values()) await transport.close();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
