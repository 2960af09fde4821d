type Step = () => void | Promise<void>;

export async function boot(steps: Step[]): Promise<void> {
  for (const step of steps) await timed(step);
}

async function timed(step: Step): Promise<void> {
  const from = Date.now();
  await step();
  console.error(`${step.name}: ${Date.now() - from} ms`);
}
