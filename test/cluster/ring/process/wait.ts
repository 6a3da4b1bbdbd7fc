/** A pause. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks again and again until nothing is missing.
 *
 * `missing` tells in words what has not happened yet, and `undefined` when all has; what it throws counts as missing.
 * After the limit the error says what was awaited and what was missing last.
 */
export async function waitFor(
  awaited: string,
  seconds: number,
  missing: () => Promise<string | undefined>,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const still = await missing().catch((error: Error) => error.message);
    if (still === undefined) return;
    if (Date.now() >= end) throw new Error(`${awaited} did not happen within ${seconds} s: ${still}`);
    await pause(100);
  }
}
