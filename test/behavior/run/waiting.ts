/**
 * How many times longer than on an idle machine everything may take: `npm test` has to pass on a slow and busy one,
 * the whole matrix also asks how prompt a server is.
 */
export const patience = Number(process.env.BEHAVIOR_PATIENCE ?? 1);

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Resolves when `holds` does. @throws after `ms`, saying what was waited for */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  ms = 10_000 * patience,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await pause(10);
  }
}

/** What a promise gives, or its error as text; 'nothing' when it does neither within `ms`. */
export async function outcome<T>(promise: Promise<T>, ms: number): Promise<T | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, ms, 'nothing');
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
