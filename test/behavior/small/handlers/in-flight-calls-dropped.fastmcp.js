
process.on('SIGTERM', async () => {
  await mcp.stop();
  await pool.end();
  console.error('all closed');
  process.exit(0);
});
