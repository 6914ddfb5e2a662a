/** Logging in: nobody learns from the time it takes who has an account, and nobody is held up. */
import assert from "node:assert/strict";
import { Auth } from "../../lib/auth/auth.ts";
import { createPasswords, type Passwords } from "../../lib/auth/password.ts";
import { eventLoop } from "../../lib/event_loop.ts";
import { memoryAccounts } from "../auth/memory_accounts.ts";
import { Api, signUp } from "../support/chat_client.ts";
import type { Random } from "../support/random.ts";
import { faultTest, GENERAL, report, Scene, SOAK } from "./scene.ts";
import { chanceOfLarger, deviationByChance, median, quantile } from "./statistics.ts";

const SAMPLES = SOAK ? 300 : 40;
/** So many standard deviations from "alike" are no chance: fewer than one run in 10,000. */
const DEVIATIONS = 4;

/** Whether two samples of times can be told apart. */
function differ(first: readonly number[], second: readonly number[]): boolean {
  const distance = Math.abs(chanceOfLarger(first, second) - 0.5);
  return distance > DEVIATIONS * deviationByChance(first.length, second.length);
}

/** Times of two tasks, in turn and each first as often as second: load comes to both alike. */
async function timeInTurn(
  samples: number,
  random: Random,
  first: () => Promise<void>,
  second: () => Promise<void>,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const timed = async (which: 0 | 1) => {
    const from = performance.now();
    await (which === 0 ? first() : second());
    times[which].push(performance.now() - from);
  };
  for (let count = 0; count < samples; count++) {
    const leader = random.below(2) === 0 ? 0 : 1;
    await timed(leader);
    await timed(leader === 0 ? 1 : 0);
  }
  return times;
}

faultTest("a wrong login takes as long for a known name as for an unknown one", async (random) => {
  await Scene.run(random, { people: 1 }, async (scene) => {
    const known = await signUp(scene.url, "somebody-known");
    const attempt = (username: () => string) => async () => {
      const body = { username: username(), password: "not the password" };
      const { status } = await scene.stranger.request("POST", "/api/login", body);
      assert.equal(status, 401);
    };
    const [knownTimes, unknownTimes] = await timeInTurn(
      SAMPLES,
      random,
      attempt(() => known.username),
      attempt(() => `nobody-${random.id().slice(0, 8)}`),
    );
    report(
      `known ${median(knownTimes).toFixed(1)} ms, unknown ${median(unknownTimes).toFixed(1)} ms ` +
        `(medians of ${SAMPLES}); chance that a known one is slower ` +
        chanceOfLarger(knownTimes, unknownTimes).toFixed(2),
    );
    assert.ok(!differ(knownTimes, unknownTimes), "the times tell who has an account");
  });
});

faultTest("the comparison notices a login that answers unknown names at once", async (random) => {
  const honest = createPasswords();
  const hasty: Passwords = {
    hash: honest.hash,
    verify: (hash, password) =>
      hash === null ? Promise.resolve(false) : honest.verify(hash, password),
  };
  const auth = new Auth({
    store: memoryAccounts().store,
    secret: new Uint8Array(32),
    now: Date.now,
    issuer: () => "Confab",
    instance: "an instance",
    requiredOf: () => "optional",
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    ticks: eventLoop.now,
    signup: () => "open",
    inviters: () => "staff",
    authRate: 0,
    passwords: hasty,
  });
  const client = { address: "192.0.2.1", userAgent: null };
  await auth.signup({ username: "known", password: "a long walk to the sea" }, client);
  const attempt = (username: string) => async () => {
    await assert.rejects(auth.login({ username, password: "wrong" }, client));
  };
  const [known, unknown] = await timeInTurn(20, random, attempt("known"), attempt("unknown"));
  assert.ok(differ(known, unknown));
  await auth.close();
});

Deno.test("the comparison notices a tenth more, and lets equal times pass", () => {
  const times = (base: number) => Array.from({ length: 100 }, (_, i) => base + (i * 37 % 100) / 50);
  assert.equal(differ(times(20), times(22)), true);
  assert.equal(differ(times(20), times(20)), false);
});

const LOGINS = 64;
const PAIRS = SOAK ? 7 : 2;
/** The chat's p99 while 64 log in, against without them. */
const RATIO = SOAK ? 2 : 6;
/** What a busy machine adds by itself, ms. */
const NOISE = SOAK ? 5 : 60;

faultTest("64 logins at once do not hold up the chat", async (random) => {
  await Scene.run(random, { people: 2 }, async (scene) => {
    const known = await signUp(scene.url, "somebody-known");
    const [ann, bob] = scene.people.map((person) => scene.join(person));
    await Promise.all([ann!.settled(), bob!.settled()]);

    /** The p99 of post → seen by another one, while the work goes on. */
    const talkDuring = async (work: Promise<unknown>) => {
      const delays: number[] = [];
      let over = false;
      const ended = work.finally(() => over = true);
      while (!over) {
        const from = performance.now();
        const { rev } = await ann!.send(GENERAL, `at ${from}`);
        await bob!.until(() => bob!.replica.head(GENERAL) >= rev, () => "the message");
        delays.push(performance.now() - from);
      }
      await ended;
      return { p99: quantile(delays, 0.99), count: delays.length };
    };
    const logIns = () =>
      Promise.all(Array.from({ length: LOGINS }, async (_, index) => {
        const name = index % 2 === 0 ? known.username : `nobody-${index}`;
        const body = { username: name, password: "not the password" };
        const { status } = await new Api(scene.url).request("POST", "/api/login", body);
        assert.equal(status, 401);
      }));
    const ratios: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const from = performance.now();
      const busy = await talkDuring(logIns());
      const took = performance.now() - from;
      const calm = await talkDuring(new Promise((resolve) => setTimeout(resolve, took)));
      ratios.push(Math.max(0, busy.p99 - NOISE) / calm.p99);
      report(
        `p99 ${calm.p99.toFixed(1)} ms calm (${calm.count}), ${busy.p99.toFixed(1)} ms while ` +
          `${LOGINS} logged in in ${took.toFixed(0)} ms (${busy.count})`,
      );
    }
    await scene.verify();
    assert.ok(median(ratios) <= RATIO, `p99 rose by ${ratios.map((each) => each.toFixed(1))}`);
  });
});
