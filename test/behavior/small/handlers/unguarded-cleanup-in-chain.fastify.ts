
process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained().then(() => pool.end()).then(() => {
    app.server.closeAllConnections();
    return app.close();
  }).then(() => {
    console.error('all closed');
    process.exit(0);
  });
});
process.once('SIGINT', () => process.emit('SIGTERM'));
