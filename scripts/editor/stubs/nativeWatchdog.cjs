// Stands in for the native watchdog: ends the extension host when the server that started it is gone.
const orphaned = 87;

exports.start = (parent) => {
  const check = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(orphaned);
    }
  };
  setInterval(check, 1000).unref();
};
