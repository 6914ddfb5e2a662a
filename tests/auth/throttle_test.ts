import assert from "node:assert/strict";
import { type Attempt, createThrottle } from "../../lib/auth/throttle.ts";
import { ConfabError } from "../../lib/errors.ts";
import { ticks } from "../support/ticks.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const home = "192.0.2.1";
const away = "198.51.100.1";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

function setUp(authRate = 1_000) {
  const clock = { now: 0 };
  const throttle = createThrottle({ authRate, ticks: () => ticks(clock.now) });
  /** A wrong guess, unless it is said to be right; null where it was refused. */
  const guess = (
    username: string,
    address: string,
    { places = [], userAgent = null }: {
      places?: { address: string; device: string }[];
      userAgent?: string | null;
    } = {},
  ): Attempt | null => orNull(() => throttle.guessLogin(username, { address, userAgent }, places));
  /** How many of so many guesses are let through. */
  const letThrough = (count: number, one: (index: number) => Attempt | null) =>
    Array.from({ length: count }, (_, index) => one(index)).filter((each) => each !== null).length;
  return { clock, throttle, guess, letThrough };
}

function orNull<Result>(attempt: () => Result): Result | null {
  try {
    return attempt();
  } catch (error) {
    assert.ok(error instanceof ConfabError);
    assert.equal(error.code, "rate_limited");
    assert.ok(error.retryAfter! > 0);
    return null;
  }
}

function refused(attempt: () => unknown, atMost: number) {
  assert.throws(attempt, (error: unknown) => {
    assert.ok(error instanceof ConfabError);
    assert.equal(error.code, "rate_limited");
    assert.ok(error.retryAfter! > 0 && error.retryAfter! <= atMost, String(error.retryAfter));
    return true;
  });
}

/** An address of some network anywhere: every index another /24. */
const anywhere = (index: number) => `${1 + index % 220}.${index % 251}.${index % 241}.7`;

Deno.test("an address may knock so often a minute, another one is not concerned", () => {
  const { throttle, clock } = setUp(3);
  for (let i = 0; i < 3; i++) {
    throttle.mayKnock(home);
    throttle.knock(home);
  }
  refused(() => throttle.mayKnock(home), MINUTE / 3);
  refused(() => throttle.knock(home), MINUTE / 3);
  throttle.knock(away);
  clock.now += MINUTE / 3;
  throttle.knock(home);
  refused(() => throttle.knock(home), MINUTE / 3);
});

Deno.test("an IPv6 network counts as one address", () => {
  const { throttle } = setUp(3);
  for (const host of ["1", "2", "3"]) throttle.knock(`2001:db8:1:2::${host}`);
  refused(() => throttle.knock("2001:db8:1:2::4"), MINUTE);
  throttle.knock("2001:db8:1:3::4");
});

Deno.test("thirty people sign up from one address within a minute, and hundreds do not", () => {
  const { throttle, letThrough } = setUp(300);
  const signup = () => orNull(() => (throttle.signup(home), {} as Attempt));
  assert.equal(letThrough(30, signup), 30);
  assert.ok(letThrough(300, signup) <= 30);
});

Deno.test("an account's password can be guessed so often from one network, whatever its case", () => {
  const { guess, letThrough, clock } = setUp();
  const names = ["ann", "ANN", "ａnn"];
  const one = (index: number) => guess(names[index % 3]!, `203.0.113.${index}`);
  assert.equal(letThrough(50, one), 11);
  clock.now += MINUTE;
  assert.equal(letThrough(50, one), 1);
  assert.notEqual(guess("bob", "203.0.113.4"), null);
  assert.equal(letThrough(50, (index) => guess("ann", `2001:db8:1:${index}::1`)), 11, "a /48");
});

Deno.test("right passwords count for nothing: hundreds sign in from one address", () => {
  const { guess, letThrough } = setUp(300);
  const right = (index: number) => {
    const attempt = guess(`person-${index}`, home);
    attempt?.succeeded();
    return attempt;
  };
  assert.equal(letThrough(500, right), 500);
});

Deno.test("one address guesses wrong so often, whatever the account", () => {
  const { guess, letThrough, clock } = setUp(300);
  assert.equal(letThrough(1_000, (index) => guess(`person-${index}`, home)), 100);
  clock.now += MINUTE;
  assert.equal(letThrough(1_000, (index) => guess(`person-${index}`, home)), 10);
});

Deno.test("from ever new addresses an account is guessed at less than a thousand times an hour", () => {
  const { guess, letThrough, clock } = setUp();
  let guesses = 0;
  for (let second = 0; second < 3_600; second += 6) {
    clock.now = second * 1_000;
    guesses += letThrough(100, (index) => guess("ann", anywhere(second * 100 + index)));
  }
  assert.ok(guesses >= 100 && guesses < 1_000, `${guesses} guesses in the first hour`);
  let later = 0;
  for (let second = 3_600; second < 7_200; second += 6) {
    clock.now = second * 1_000;
    later += letThrough(100, (index) => guess("ann", anywhere(second * 100 + index)));
  }
  assert.ok(later < 500, `${later} in the second`);
});

Deno.test("the owner gets in on a device of before, whoever guesses from wherever", () => {
  const { guess } = setUp();
  const places = [{ address: home, device: "Firefox on Linux" }];
  for (let index = 0; index < 5_000; index++) guess("ann", anywhere(index), { places });
  for (let index = 0; index < 100; index++) guess("ann", "192.0.2.9", { places });
  for (let again = 0; again < 20; again++) {
    const attempt = guess("ann", home, { places, userAgent: firefox });
    assert.ok(attempt?.known);
    attempt.succeeded();
  }
});

Deno.test("a stranger behind the same address does not use up what the known device has", () => {
  const { guess, letThrough } = setUp();
  const places = [{ address: home, device: "Firefox on Linux" }];
  assert.equal(letThrough(50, () => guess("ann", home, { places, userAgent: "curl/8" })), 11);
  assert.notEqual(guess("ann", home, { places, userAgent: firefox }), null);
});

Deno.test("the owner gets in on a new device from where the guesses do not come", () => {
  const { guess, clock } = setUp();
  for (let index = 0; index < 5_000; index++) {
    guess("ann", `203.${index % 250}.${index % 13}.1`);
    guess("ann", `2a00:${index.toString(16)}::1`);
  }
  assert.equal(guess("ann", "203.7.77.1"), null, "beside the guesses one waits");
  assert.notEqual(guess("ann", "192.0.2.77"), null);
  assert.notEqual(guess("ann", "2001:db8::1"), null);
  clock.now += HOUR / 100;
  assert.notEqual(guess("ann", "203.7.77.1"), null, "for 36 s");
});

Deno.test("who signed in is known there for as long as the program runs, logged out or not", () => {
  const { guess } = setUp();
  guess("ann", away)!.succeeded();
  for (let index = 0; index < 5_000; index++) guess("ann", anywhere(index));
  assert.ok(guess("ann", away)?.known);
  assert.notEqual(guess("ANN", away), null);
});

Deno.test("a known device that guesses wrong is limited too, and a right one begins anew", () => {
  const { guess, letThrough } = setUp();
  const places = [{ address: home, device: "curl" }];
  const options = { places, userAgent: "curl/8.14.1" };
  assert.equal(letThrough(10, () => guess("ann", home, options)), 10);
  guess("ann", home, options)!.succeeded();
  assert.equal(letThrough(50, () => guess("ann", home, options)), 11);
});

Deno.test("a guess that came to no answer does not count", () => {
  const { guess } = setUp();
  for (let i = 0; i < 500; i++) guess("ann", home)!.cancelled();
  assert.notEqual(guess("ann", home), null);
});

Deno.test("a flood of guesses that come to no answer makes no count forgotten", () => {
  const { guess, letThrough } = setUp();
  assert.equal(letThrough(12, () => guess("ann", home)), 11);
  for (let index = 0; index < 60_000; index++) {
    guess(`nobody${index}`, anywhere(index))?.cancelled();
  }
  assert.equal(guess("ann", home), null);
});

Deno.test("one's own password can be guessed, and changed, so often", () => {
  const { throttle, letThrough } = setUp();
  const guessCurrent = (id: number) => orNull(() => throttle.guessCurrent(id));
  assert.equal(letThrough(50, () => guessCurrent(1)), 11);
  const change = () => {
    const attempt = guessCurrent(2);
    attempt?.succeeded();
    return attempt;
  };
  assert.equal(letThrough(50, change), 12);
  assert.notEqual(guessCurrent(3), null);
});

Deno.test("a rate of 0 turns every limit off", () => {
  const { throttle, guess } = setUp(0);
  for (let i = 0; i < 1_000; i++) {
    throttle.knock(home);
    throttle.signup(home);
    assert.notEqual(guess("ann", home), null);
    throttle.guessCurrent(1);
  }
});
