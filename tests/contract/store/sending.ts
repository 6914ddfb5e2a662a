/** Sending: once, in order, with who was mentioned. */
import assert from "node:assert/strict";
import { refused, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";
import { atOwnSpeed } from "../../support/own_speed.ts";

export function sendingTests(test: StoreTest): void {
  test("a message is stored whole and announced as it was answered", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    const clientId = stage.clientId();
    const { message, duplicate } = await stage.resend(ann, 1, "hello", clientId);
    assert.equal(duplicate, false);
    assert.deepEqual(message, {
      id: message.id,
      room: 1,
      seq: 1,
      rev: 1,
      userId: ann.id,
      username: "ann",
      text: "hello",
      ts: message.ts,
      clientId,
      editedAt: null,
      deletedAt: null,
      replyTo: null,
      reactions: {},
      files: [],
      links: [],
      mentions: [],
      thread: null,
      replies: null,
    });
    assert.deepEqual(stage.takeChanges(), [
      { type: "message", room: 1, rev: 1, access: 1, message },
    ]);
    const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 10 });
    assert.deepEqual(page.messages, [message]);
  });

  test("texts of every script come back as they were", async (stage) => {
    const { ann } = await stage.people("ann");
    const text = 'Привет, 世界 👩‍👩‍👧‍👦 \u202e\'; DROP TABLE messages; --\n"quoted" ? $1 %s \\';
    await stage.send(ann, 1, text);
    const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 1 });
    assert.equal(page.messages[0]!.text, text);
  });

  test("sent again, a message is stored once and answered the same", async (stage) => {
    const { ann } = await stage.people("ann");
    const clientId = stage.clientId();
    const first = await stage.resend(ann, 1, "hello", clientId);
    stage.takeChanges();
    const second = await stage.resend(ann, 1, "hello", clientId);
    assert.deepEqual(second, { message: first.message, duplicate: true });
    assert.deepEqual(stage.takeChanges(), []);
    assert.equal((await stage.memberRoom(ann, 1)).head, 1);
  });

  test("sent fifty times at once, a message is stored once", async (stage) => {
    const { ann } = await stage.people("ann");
    const clientId = stage.clientId();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stage.resend(ann, 1, "hello", clientId)),
    );
    assert.equal(answers.filter(({ duplicate }) => !duplicate).length, 1);
    assert.equal(new Set(answers.map(({ message }) => message.id)).size, 1);
    assert.equal((await stage.memberRoom(ann, 1)).head, 1);
  });

  test("the same clientId with another text, room or replyTo is a conflict", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("public", "other", ann);
    const clientId = stage.clientId();
    const first = await stage.send(ann, 1, "hello", { clientId });
    await refused("conflict", stage.resend(ann, 1, "bye", clientId));
    await refused("conflict", stage.resend(ann, room.id, "hello", clientId));
    await refused("conflict", stage.resend(ann, 1, "hello", clientId, { replyTo: first.id }));
    assert.equal((await stage.memberRoom(ann, 1)).head, 1);
    assert.equal((await stage.memberRoom(ann, room.id)).head, 0);
  });

  test("two people may use the same clientId", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const clientId = stage.clientId();
    await stage.send(ann, 1, "hello", { clientId });
    const { duplicate } = await stage.resend(ben, 1, "other", clientId);
    assert.equal(duplicate, false);
  });

  test("the original is known again after an edit and after a deletion", async (stage) => {
    const { ann } = await stage.people("ann");
    const clientId = stage.clientId();
    const message = await stage.send(ann, 1, "helo", { clientId });
    await stage.edit(ann, message, "hello");
    await stage.edit(ann, message, "hello!");
    const again = await stage.resend(ann, 1, "helo", clientId);
    assert.equal(again.duplicate, true);
    assert.equal(again.message.id, message.id);
    assert.equal(again.message.seq, message.seq);
    assert.equal(again.message.text, "hello!");
    await refused("conflict", stage.resend(ann, 1, "hello!", clientId));

    await stage.delete(ann, message);
    const last = await stage.resend(ann, 1, "helo", clientId);
    assert.equal(last.duplicate, true);
    assert.equal(last.message.text, "");
    await refused("conflict", stage.resend(ann, 1, "", clientId));
  });

  test("a lost ack is repeated after the room was archived", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("public", "attic", ann);
    const clientId = stage.clientId();
    const message = await stage.send(ann, room.id, "hello", { clientId });
    await stage.store.updateRoom({ userId: ann.id, room: room.id, archived: true });
    const again = await stage.resend(ann, room.id, "hello", clientId);
    assert.deepEqual(again, { message, duplicate: true });
    await refused("forbidden", stage.send(ann, room.id, "more"));
  });

  test("many writers leave no hole in the head and no seq twice", async (stage) => {
    const people = await Promise.all(["ann", "ben", "cid", "dot"].map((n) => stage.signup(n)));
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) => stage.send(people[index % 4]!, 1, `m${index}`)),
    );
    const seqs = sent.map((message) => message.seq).sort((a, b) => a - b);
    assert.deepEqual(seqs, Array.from({ length: 200 }, (_, index) => index + 1));
    assert.equal((await stage.memberRoom(people[0]!, 1)).head, 200);
  });

  test("refusals among many writers use up no seq", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "club", ann);
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => stage.send(i % 3 === 0 ? ben : ann, room.id, `m${i}`)),
    );
    assert.equal(answers.filter((answer) => answer.status === "fulfilled").length, 40);
    assert.equal((await stage.memberRoom(ann, room.id)).head, 40);
  });

  test("a reply answers a message of the same room, and nothing else", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("public", "other", ann);
    const first = await stage.send(ann, 1, "question");
    const reply = await stage.send(ann, 1, "answer", { replyTo: first.id });
    assert.equal(reply.replyTo, first.id);
    const error = await refused("invalid", stage.send(ann, room.id, "x", { replyTo: first.id }));
    assert.equal(error.errors?.[0]?.path, "replyTo");
    await refused("invalid", stage.send(ann, 1, "x", { replyTo: 999 }));
  });

  test("a text mentions the room's members alone, each once, in its order", async (stage) => {
    const { ann, ben, zoe } = await stage.people("ann", "ben", "cid", "zoe", "zoe.");
    const room = await stage.room("private", "club", ann, ben, zoe);
    const mentions = async (text: string) => (await stage.send(ann, room.id, text)).mentions;
    assert.deepEqual(await mentions("@zoe and @BEN, @zoe!"), [zoe.id, ben.id]);
    assert.deepEqual(await mentions("@cid @nobody me@ben"), []);
    assert.deepEqual(await mentions("ask @zoe. Or @ben-"), [zoe.id, ben.id]);
    assert.deepEqual(await mentions("I, @ann"), [ann.id]);
  });

  test("a mention stands in text without blanks and in emphasis, not in code or addresses", async (stage) => {
    const people = await stage.people("ann", "ben", "zoe", "zoe.", "李小龙", "李小龙看");
    const { ann, ben, zoe } = people;
    const [first, ...others] = [
      ann,
      ben,
      zoe,
      people["zoe."],
      people["李小龙"],
      people["李小龙看"],
    ];
    const room = await stage.room("private", "club", first!, ...others);
    const mentions = async (text: string) => (await stage.send(ann, room.id, text)).mentions;
    assert.deepEqual(await mentions("请@ben 看，请@zoe看一下"), [ben.id, zoe.id]);
    assert.deepEqual(await mentions("*@ben* _@zoe_"), [ben.id, zoe.id]);
    assert.deepEqual(await mentions("@zoe. @zoe.. @zoe.看"), [people["zoe."].id]);
    assert.deepEqual(await mentions("@李小龙看看"), [people["李小龙看"].id]);
    assert.deepEqual(await mentions("@李小龙去"), [people["李小龙"].id]);
    assert.deepEqual(
      await mentions("`@ben`\n```\n@zoe\n```\nhttps://x.y/@ben https://@zoe @ben@x.yz a_@zoe"),
      [],
    );
    assert.deepEqual(await mentions("＠ben。"), [ben.id]);
  });

  test("names are looked for where a reader sees text, not in code of any kind, links or behind a backslash", async (stage) => {
    const people = await stage.people("ann", "ben", "zoe", "_zoe_");
    const { ann, ben, zoe } = people;
    const room = await stage.room("private", "club", ann, ben, zoe, people["_zoe_"]!);
    const mentions = async (text: string) => (await stage.send(ann, room.id, text)).mentions;
    assert.deepEqual(await mentions("- [ ] **@ben**\n\n> ~~@zoe~~"), [ben.id, zoe.id]);
    assert.deepEqual(await mentions("| @ben |\n|---|\n| *@zoe* |"), [ben.id, zoe.id]);
    assert.deepEqual(await mentions("*x* @_zoe_, @ben"), [people["_zoe_"]!.id, ben.id]);
    for (
      const text of [
        "~~~\n@ben\n~~~",
        "```\n@ben",
        "- a\n\n      @ben",
        "`two\nlines @ben`",
        "[@ben](https://x.y)",
        "![@ben](https://x.y/z.png)",
        "[@ben][a]\n\n[a]: https://x.y/@zoe",
        "<https://x.y/@ben>",
        "*see https://x.y/_@ben_*",
        "\\@ben",
      ]
    ) assert.deepEqual(await mentions(text), [], text);
  });

  test("no text of 8,000 characters takes long to look for names in", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (
      const part of ["@", "@ben", "看@李小龙看一下这个", `@${"看".repeat(70)}`, "`", "(", "@\u0301"]
    ) {
      const text = `@ben ${part.repeat(8_000)}`.slice(0, 8_000);
      const start = performance.now();
      const { mentions } = await stage.send(ann, 1, text);
      assert.deepEqual(mentions, [ben.id]);
      assert(performance.now() - start < atOwnSpeed(250), part);
    }
    // Each a name of its own, as many as there is room for.
    const names = Array.from({ length: 200 }, (_, at) => `@${String.fromCodePoint(0x4e00 + at)}`);
    const many = names.map((name) => name + "看".repeat(37)).join(" ").slice(0, 8_000);
    const start = performance.now();
    await stage.send(ann, 1, many);
    assert(performance.now() - start < atOwnSpeed(250));
  });

  test("a text full of names costs a bounded number of lookups and is stored", async (stage) => {
    const { ann } = await stage.people("ann");
    const text = Array.from({ length: 1500 }, (_, index) => `@x${index}`).join(" ").slice(0, 8000);
    const message = await stage.send(ann, 1, `@ann ${text}`.slice(0, 8000));
    assert.deepEqual(message.mentions, [ann.id]);
  });
}
