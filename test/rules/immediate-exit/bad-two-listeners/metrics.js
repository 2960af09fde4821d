process.on('SIGTERM', function flush() {
  console.log('calls: 0');
  process.exit(0);
});
