export async function drain(): Promise<void> {
  await new Promise((done) => setTimeout(done, 1_000));
}
