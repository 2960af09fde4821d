/** Ends the server when its client is gone, however that happened. */
export function watchClient() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 5000).unref();
  process.stdin.on('end', () => process.exit(0));
  process.on('SIGHUP', () => process.exit(0));
  process.on('exit', (code) => console.error(`exit ${code}`));
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exit(1);
  });
}
