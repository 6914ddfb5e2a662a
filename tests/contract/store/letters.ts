/** Letters that wait to be sent by mail. */
import assert from "node:assert/strict";
import { post, proven } from "./emails.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

const ask = ({ store }: Stage, asked: string, now: number) =>
  store.queueReset({ asked, language: "ru", now, from: "192.0.2.1" });

const take = ({ store }: Stage, now: number) => store.takeLetters({ now, limit: 100 });

export function letterTests(test: StoreTest): void {
  test("a link goes to the proven address of the name or address that was given", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    for (const asked of ["ben", " @BEN ", "ben@example.org", "Ben@EXAMPLE.org "]) {
      await ask(stage, asked, stage.now());
      const [letter] = await post(stage);
      assert.deepEqual([letter?.kind, letter?.to, letter?.username, letter?.language], [
        "reset",
        "ben@example.org",
        "ben",
        "ru",
      ], asked);
      const { tokenHash } = letter!;
      const reset = { tokenHash, passwordHash: "new", now: stage.now() };
      assert.equal((await stage.store.useReset(reset)).user.id, ben.id);
      const [told] = await post(stage);
      assert.deepEqual([told?.kind, told?.to], ["password_reset", "ben@example.org"]);
    }
  });

  test("a letter is in the language of its reader, else of their page, else of the whole chat", async (stage) => {
    const { ann } = await stage.people("ann");
    const told = async (language?: "en" | "ru") => {
      const [address, now] = ["ann@example.org", stage.now()];
      await stage.store.setEmail({ userId: ann.id, address, key: address, language, now });
      return (await post(stage)).map((letter) => letter.language);
    };
    assert.deepEqual(await told(), ["en"]);
    assert.deepEqual(await told("ru"), ["ru"]);
    const change = { actorId: ann.id, now: stage.now() };
    await stage.store.updateWorkspace({ ...change, set: { language: "ru" } });
    assert.deepEqual(await told(), ["ru"]);
    assert.deepEqual(await told("en"), ["en"]);
    await stage.store.updateMe({ userId: ann.id, language: "ru" });
    assert.deepEqual(await told("en"), ["ru"]);
  });

  test("nobody gets one who has no proven address, is disabled, or does not exist", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await proven(stage, ben, "ben@example.org");
    await stage.store.setEmail({
      userId: cid.id,
      address: "cid@example.org",
      key: "cid@example.org",
      now: stage.now(),
    });
    await post(stage);
    const disabled = { actorId: ann.id, userId: ben.id, disabled: true, now: stage.now() };
    await stage.store.updateUser(disabled);
    for (
      const asked of ["ann", "ben", "ben@example.org", "cid@example.org", "zoe", "", "@", "\0"]
    ) {
      await ask(stage, asked, stage.now());
    }
    assert.deepEqual(await post(stage), []);
    const waiting = await stage.store.waitingLetters(undefined);
    assert.deepEqual(waiting, { count: 0, since: null });
  });

  test("a letter that was not sent comes again after longer and longer pauses, until it is old", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    const now = stage.now();
    await ask(stage, "ben", now);
    assert.deepEqual(await stage.store.waitingLetters(undefined), { count: 1, since: now });
    for (const minute of [0, 0.5, 2.5, 7.5, 22.5, 37.5, 52.5]) {
      const then = now + minute * 60_000;
      if (minute > 0) assert.deepEqual(await take(stage, then - 1000), [], `before ${minute}`);
      const [taken] = await take(stage, then);
      const ready = { id: taken!.id, tokenHash: `try ${taken!.tries}`, now: then };
      assert.equal((await stage.store.readyLetter(ready))?.to, "ben@example.org");
    }
    for (const minute of [67.5, 80]) {
      assert.deepEqual(await take(stage, now + minute * 60_000), [], "it is old");
    }
    assert.equal((await stage.store.waitingLetters(undefined)).count, 0);
  });

  test("of two who take letters at once, each gets others", async (stage) => {
    await stage.people("ann");
    const now = stage.now();
    for (let count = 0; count < 20; count++) await ask(stage, `name ${count}`, now);
    const both = await Promise.all([take(stage, now), take(stage, now)]);
    const ids = both.flat().map(({ id }) => id);
    assert.equal(new Set(ids).size, 20);
    assert.equal(ids.length, 20);
  });

  test("nobody's mailbox is filled: three open links at a time, of those that were sent", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    const now = stage.now();
    for (let count = 0; count < 6; count++) await ask(stage, "ben", now);
    assert.equal((await post(stage, now)).length, 3);
    await ask(stage, "ben", now + HOUR);
    assert.equal((await post(stage, now + HOUR)).length, 1, "an hour later the links are old");
  });

  test("a mail server that is away fills no disk", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    const now = stage.now();
    await Promise.all(Array.from({ length: 10_000 }, () => ask(stage, "ben", now)));
    await refused("unavailable", ask(stage, "ben", now));
    const wanted = { userId: ben.id, address: "b@example.org", key: "b@example.org", now };
    await refused("unavailable", stage.store.setEmail(wanted));
    await ask(stage, "ben", now + HOUR);
  });
}
