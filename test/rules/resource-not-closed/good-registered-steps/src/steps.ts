type Step = () => Promise<unknown> | void;

const steps: Step[] = [];

export function onStop(step: Step): void {
  steps.push(step);
}

export async function runSteps(): Promise<void> {
  for (const step of steps.reverse()) {
    try {
      await step();
    } catch (error) {
      console.error('a step of the shutdown failed', error);
    }
  }
}
