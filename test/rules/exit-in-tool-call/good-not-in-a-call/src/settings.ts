export function readSettings() {
  const command = process.env.COMMAND;
  if (!command) {
    console.error('COMMAND is not set');
    process.exit(1);
  }
  return { command };
}
