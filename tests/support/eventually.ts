/** Waiting for what must come true, without a sleep whose length somebody guessed. */

const PATIENCE = 30_000;

/** Tries an assertion until it holds; its last failure is the test's. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
