export const fatal = (reason: string): never => {
  console.error(reason);
  process.exit(70);
};
