exports.safeExit = (code) => {
  // the test runner is not to be ended
  if (process.env.NODE_ENV !== 'test') process.exit(code);
};
