
process.on('SIGTERM', () => {
  console.error('SIGTERM received');
});
