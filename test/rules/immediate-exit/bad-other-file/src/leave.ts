export function leave(reason: string): never {
  console.log(`leaving: ${reason}`);
  process.exit(0);
}
