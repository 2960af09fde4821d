
async function stop() {
  await drained();
  await mcp.stop();
  await pool.end();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
