
process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained().then(() => listener.close(() => process.exit(0)));
  setTimeout(() => listener.closeAllConnections(), 6_000);
});
process.once('SIGINT', () => process.emit('SIGTERM'));
