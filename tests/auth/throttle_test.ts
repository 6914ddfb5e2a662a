import assert from "node:assert/strict";
import { createThrottle, type ThrottleOptions } from "../../lib/auth/throttle.ts";
import { ConfabError } from "../../lib/errors.ts";

const home = "192.0.2.1";
const away = "198.51.100.1";

/** The library counts by the system's clock: where a test waits, the window is small. */
async function withThrottle(
  options: Partial<ThrottleOptions>,
  run: (throttle: ReturnType<typeof createThrottle>) => Promise<void>,
) {
  const throttle = createThrottle({ authRate: 3, ...options });
  try {
    await run(throttle);
  } finally {
    await throttle.close();
  }
}

async function refused(attempt: Promise<unknown>, atMost: number) {
  await assert.rejects(attempt, (error: unknown) => {
    assert.ok(error instanceof ConfabError);
    assert.equal(error.code, "rate_limited");
    assert.ok(error.retryAfter! > 0 && error.retryAfter! <= atMost, String(error.retryAfter));
    return true;
  });
}

/** Asks until it is let through; a test that waits for ever fails by its runner's limit. */
async function untilAllowed(attempt: () => Promise<unknown>) {
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof ConfabError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter));
    }
  }
}

const strict = { sanitizeOps: true, sanitizeResources: true };

Deno.test(
  "an address may knock so often a minute, another one is not concerned",
  strict,
  () =>
    withThrottle({}, async (throttle) => {
      for (let i = 0; i < 3; i++) await throttle.knock(home);
      await refused(throttle.knock(home), 60_000);
      await throttle.knock(away);
    }),
);

Deno.test(
  "an address that has waited may knock again",
  strict,
  () =>
    withThrottle({ authRate: 1, rateWindow: 300 }, async (throttle) => {
      await throttle.knock(home);
      await refused(throttle.knock(home), 300);
      await untilAllowed(() => throttle.knock(home));
    }),
);

Deno.test(
  "an IPv6 network counts as one address",
  strict,
  () =>
    withThrottle({}, async (throttle) => {
      for (const host of ["1", "2", "3"]) await throttle.knock(`2001:db8:1:2::${host}`);
      await refused(throttle.knock("2001:db8:1:2::4"), 60_000);
      await throttle.knock("2001:db8:1:3::4");
    }),
);

Deno.test(
  "an account's password can be guessed so often, from wherever",
  strict,
  () =>
    withThrottle({ failures: 2, slowInterval: 60_000 }, async (throttle) => {
      await throttle.guessLogin("ann", "203.0.113.1");
      await throttle.guessLogin("ANN", "203.0.113.2");
      await throttle.guessLogin("ann", "203.0.113.3"); // The one that the slow pace allows.
      await refused(throttle.guessLogin("ａnn", "203.0.113.4"), 60_000);
      await throttle.guessLogin("bob", "203.0.113.4");
    }),
);

Deno.test(
  "guesses that come all at once are counted all the same",
  strict,
  () =>
    withThrottle({ failures: 5 }, async (throttle) => {
      const guesses = Array.from({ length: 50 }, () => throttle.guessLogin("ann", home));
      const results = await Promise.allSettled(guesses);
      assert.equal(results.filter((result) => result.status === "fulfilled").length, 6);
    }),
);

Deno.test(
  "an account that is slowed lets one guess through at each interval",
  strict,
  () =>
    withThrottle({ failures: 1, slowInterval: 300 }, async (throttle) => {
      await throttle.guessLogin("ann", home);
      await throttle.guessLogin("ann", home);
      await refused(throttle.guessLogin("ann", home), 300);
      await untilAllowed(() => throttle.guessLogin("ann", home));
      await refused(throttle.guessLogin("ann", home), 300);
    }),
);

Deno.test(
  "the right password begins the count anew",
  strict,
  () =>
    withThrottle({ failures: 2 }, async (throttle) => {
      for (let i = 0; i < 10; i++) {
        await throttle.guessLogin("ann", home);
        (await throttle.guessLogin("ann", home)).succeeded();
      }
    }),
);

Deno.test(
  "a stranger's guesses do not keep out the owner, where they signed in before",
  strict,
  () =>
    withThrottle({ failures: 2 }, async (throttle) => {
      (await throttle.guessLogin("ann", home)).succeeded();
      for (let i = 0; i < 3; i++) await throttle.guessLogin("ann", away);
      await refused(throttle.guessLogin("ann", away), 60_000);
      (await throttle.guessLogin("ann", home)).succeeded();
      // The owner's success says nothing about the stranger's guesses.
      await refused(throttle.guessLogin("ann", away), 60_000);
    }),
);

Deno.test(
  "a known client that guesses wrong is limited too",
  strict,
  () =>
    withThrottle({ failures: 2 }, async (throttle) => {
      (await throttle.guessLogin("ann", home)).succeeded();
      for (let i = 0; i < 3; i++) await throttle.guessLogin("ann", home);
      await refused(throttle.guessLogin("ann", home), 60_000);
    }),
);

Deno.test(
  "a guess that came to no answer does not count",
  strict,
  () =>
    withThrottle({ failures: 1 }, async (throttle) => {
      for (let i = 0; i < 20; i++) (await throttle.guessLogin("ann", home)).cancelled();
      await throttle.guessLogin("ann", home);
      for (let i = 0; i < 20; i++) (await throttle.guessLogin("ann", home)).cancelled();
    }),
);

Deno.test(
  "guesses at one's own password are counted apart from logins",
  strict,
  () =>
    withThrottle({ failures: 1 }, async (throttle) => {
      for (let i = 0; i < 2; i++) await throttle.guessLogin("1", away);
      await throttle.guessCurrent(1);
      await throttle.guessCurrent(1);
      await refused(throttle.guessCurrent(1), 60_000);
      await throttle.guessCurrent(2);
    }),
);

Deno.test(
  "a rate of 0 turns every limit off",
  strict,
  () =>
    withThrottle({ authRate: 0, failures: 1 }, async (throttle) => {
      for (let i = 0; i < 100; i++) {
        await throttle.knock(home);
        await throttle.guessLogin("ann", home);
        await throttle.guessCurrent(1);
      }
    }),
);
