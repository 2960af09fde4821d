module.exports = {
  install(listener) {
    process.on('SIGTERM', function () {
      listener.close(() => process.exit(0));
    });
  },
};
