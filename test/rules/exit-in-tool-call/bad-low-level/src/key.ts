export function readKey(): string {
  const key = process.env.KEY;
  if (!key) {
    console.error('KEY is not set');
    process.exit(1);
  }
  return key;
}
