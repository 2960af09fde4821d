//# tools

// The database is closed when nobody needs it any more.
const stop = async () => {
  console.error('stopping');
  await drained();
  await pool.end();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
