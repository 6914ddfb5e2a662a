/** Messages that several nodes store at once: each once, in one order, by who may write at that moment. */
import assert from "node:assert/strict";
import { refused } from "../../contract/store/stage.ts";
import { eventually } from "../../support/eventually.ts";
import { nodesTests, openStore, unsoundRooms } from "./nodes.ts";

const test = nodesTests();

test("a removal that is committed while a message waits for the room is seen", async ({ one, two, url, postgres, hand, waiting }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("private", "cabin", ann, ben);
  await two.send(ben, room.id, "Ben's node remembers him.");
  const other = await hand();
  await other.query({ text: "BEGIN" });
  await other.query({ text: `SELECT 1 FROM rooms WHERE id = ${room.id} FOR NO KEY UPDATE` });
  const late = refused("not_found", two.send(ben, room.id, "Too late?"));
  await waiting();
  await other.query({ text: `DELETE FROM members WHERE user_id = ${ben.id}` });
  await other.query({ text: "COMMIT" });
  await late;
  assert.equal((await one.memberRoom(ann, room.id)).head, 1);
  assert.equal(await unsoundRooms(postgres, url), "");
});

for (
  const [what, change, code] of [
    ["disabled", "UPDATE users SET disabled = 1 WHERE username = 'ben'", "forbidden"],
    ["removed", "DELETE FROM members WHERE user_id = 2", "forbidden"],
    ["writing to a room that was archived", "UPDATE rooms SET archived = 1", "forbidden"],
  ] as const
) {
  test(`what a node remembers of a sender does not outlive the truth (${what})`, async ({ one, two, url, postgres }) => {
    const { ann, ben } = await one.people("ann", "ben");
    const room = await one.room("public", "hall", ann, ben);
    await two.send(ben, room.id, "Remembered.");
    await postgres.query(change, url);
    await refused(code, two.send(ben, room.id, "Refused."));
    assert.equal(await postgres.query("SELECT count(*) FROM messages", url), "1");
  });
}

test("what makes no difference to the rules is read again, and the message stored", async ({ one, two, url, postgres }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  await two.send(ben, room.id, "As a member.");
  await postgres.query("UPDATE users SET role = 'admin', username = 'benno' WHERE id = 2", url);
  assert.equal((await two.send(ben, room.id, "As an admin.")).username, "benno");
});

test("what a message costs does not grow with its room, in a database that nobody has analyzed", async ({ one, url, postgres }) => {
  const { ann } = await one.people("ann");
  const room = await one.room("public", "hall", ann);
  for (let at = 0; at < 300; at++) await one.send(ann, room.id, `${at}`);
  // A connection tells what it has counted some seconds after it was last used.
  const counted = "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'messages'";
  await eventually(async () => assert.equal(await postgres.query(counted, url), "300"), 30_000);
  const read = "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'messages'";
  const rows = Number(await postgres.query(read, url));
  assert.ok(rows < 10 * 300, `${rows} rows of indexes were read for 300 messages`);
});

test("one message sent to two nodes at once is stored once, and both know it", async ({ one, two, url, postgres }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  for (let round = 0; round < 20; round++) {
    const clientId = one.clientId();
    const answers = await Promise.all(
      [one, two].map((node) => node.resend(ben, room.id, `${round}`, clientId)),
    );
    assert.deepEqual(answers.map(({ duplicate }) => duplicate).sort(), [false, true]);
    assert.deepEqual(answers[0]!.message, answers[1]!.message);
  }
  assert.equal((await one.memberRoom(ann, room.id)).head, 20);
  assert.equal(await unsoundRooms(postgres, url), "");
});

test("one clientId in two rooms on two nodes is one message and one conflict", async ({ one, two, url, postgres }) => {
  const { ann } = await one.people("ann");
  const [here, there] = [await one.room("public", "a", ann), await one.room("public", "b", ann)];
  for (let round = 0; round < 20; round++) {
    const clientId = one.clientId();
    const answers = await Promise.allSettled([
      one.resend(ann, here.id, "Where?", clientId),
      two.resend(ann, there.id, "Where?", clientId),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const [lost] = answers.filter((answer) => answer.status === "rejected");
    assert.equal(lost!.reason.code, "conflict");
  }
  assert.equal(await postgres.query("SELECT count(*) FROM messages", url), "20");
  assert.equal(await unsoundRooms(postgres, url), "");
});

test("the same message twice in a batch, and what was written behind it, keep their order", async ({ one }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  const clientId = one.clientId();
  one.takeChanges();
  const answers = await Promise.all([
    one.resend(ann, room.id, "First.", clientId),
    one.resend(ann, room.id, "First.", clientId),
    one.resend(ann, room.id, "Second.", one.clientId()),
    one.resend(ben, room.id, "Beside.", one.clientId()),
    one.resend(ann, room.id, "Third.", one.clientId()),
  ]);
  assert.deepEqual(answers.map(({ duplicate }) => duplicate), [false, true, false, false, false]);
  const ofAnn = [0, 2, 4].map((index) => answers[index]!.message.seq);
  assert.deepEqual(ofAnn, ofAnn.toSorted((a, b) => a - b));
  const announced = one.takeChanges().map((change) => change.type === "message" && change.rev);
  assert.deepEqual(announced, [1, 2, 3, 4], "in the order of the commits");
});

test("a name is resolved to whoever is a member when the message is stored", async ({ one, two, hand, waiting }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  await two.send(ann, room.id, "Ann's node remembers her.");
  const other = await hand();
  await other.query({ text: "BEGIN" });
  await other.query({ text: `SELECT 1 FROM rooms WHERE id = ${room.id} FOR NO KEY UPDATE` });
  const sent = two.send(ann, room.id, "Are you there, @ben?");
  await waiting();
  await other.query({ text: `DELETE FROM members WHERE user_id = ${ben.id}` });
  await other.query({ text: "COMMIT" });
  assert.deepEqual((await sent).mentions, []);
});

test("a deadlock is no end: the message is stored when the other transaction has gone", async ({ one, hand, waiting, logged }) => {
  const { ann } = await one.people("ann");
  const [a, b] = [await one.room("public", "a", ann), await one.room("public", "b", ann)];
  const other = await hand();
  await other.query({ text: "SET deadlock_timeout = '60s'" }); // the node is the one who is told
  await other.query({ text: "BEGIN" });
  await other.query({ text: `SELECT 1 FROM rooms WHERE id = ${b.id} FOR NO KEY UPDATE` });
  const sent = Promise.all([one.send(ann, a.id, "To a."), one.send(ann, b.id, "To b.")]);
  await waiting();
  const crosswise = other.query({ text: `UPDATE rooms SET topic = 'x' WHERE id = ${a.id}` });
  await crosswise; // given when the node's transaction was ended
  await other.query({ text: "COMMIT" });
  assert.deepEqual((await sent).map(({ seq }) => seq), [1, 1]);
  assert.deepEqual(logged, []);
});

test("a message that the database cannot take fails alone", async ({ one, url, postgres }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  const answers = await Promise.allSettled(
    Array.from(
      { length: 20 },
      (_, i) => one.send(i % 2 ? ann : ben, room.id, i === 7 ? "\0" : `${i}`),
    ),
  );
  assert.deepEqual(answers.flatMap(({ status }, i) => status === "rejected" ? [i] : []), [7]);
  assert.equal((await one.memberRoom(ann, room.id)).head, 19);
  assert.equal(await unsoundRooms(postgres, url), "");
});

test("a room with a message beyond its head refuses, and no other room suffers", async ({ one, url, postgres }) => {
  const { ann } = await one.people("ann");
  const [broken, sound] = [await one.room("public", "a", ann), await one.room("public", "b", ann)];
  await one.send(ann, broken.id, "Remembered.");
  await postgres.query(`UPDATE rooms SET head = 0 WHERE id = ${broken.id}`, url);
  for (let round = 1; round <= 3; round++) {
    const [, stored] = await Promise.all([
      refused("internal", one.send(ann, broken.id, "In whose place?")),
      one.send(ann, sound.id, "In its place."),
    ]);
    assert.equal(stored.seq, round);
  }
  await postgres.query(`UPDATE rooms SET head = 1 WHERE id = ${broken.id}`, url);
  assert.equal((await one.send(ann, broken.id, "Repaired.")).seq, 2);
});

test("a room that somebody keeps locked refuses for now, and holds up no other room for long", async ({ one, hand }) => {
  const { ann } = await one.people("ann");
  const [stuck, free] = [await one.room("public", "a", ann), await one.room("public", "b", ann)];
  const other = await hand();
  await other.query({ text: "BEGIN" });
  await other.query({ text: `SELECT 1 FROM rooms WHERE id = ${stuck.id} FOR NO KEY UPDATE` });
  await Promise.all([
    refused("unavailable", one.send(ann, stuck.id, "Later.")),
    one.send(ann, free.id, "Now."),
  ]);
  // Nothing overtakes what was refused: the room is shut for a moment.
  await other.query({ text: "COMMIT" });
  await refused("unavailable", one.send(ann, stuck.id, "Not before."));
});

test("a room that was hidden comes back with the first message, to those who read and those who write", async ({ one, url, postgres }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const { room } = await one.store.openDirect({ userId: ann.id, users: [ben.id], now: one.now() });
  one.takeChanges();
  await Promise.all(["a", "b", "c"].map((text) => one.send(ann, room.id, text)));
  const told = one.takeChanges().map((change) =>
    change.type === "message" ? change.message.text : change.type
  );
  assert.deepEqual(told, ["joined", "a", "b", "c"]);
  assert.equal(await unsoundRooms(postgres, url), "");
});

test("read marks of one person on two nodes never go back, and no message waits for them", async ({ one, two }) => {
  const { ann, ben } = await one.people("ann", "ben");
  const room = await one.room("public", "hall", ann, ben);
  for (let i = 0; i < 40; i++) await one.send(ann, room.id, `${i}`);
  const marks = Array.from(
    { length: 40 },
    (_, i) =>
      (i % 2 ? one : two).store.markRead({ userId: ben.id, room: room.id, seq: 40 - i, now: 1 }),
  );
  await Promise.all([...marks, one.send(ben, room.id, "Beside them.")]);
  assert.ok((await one.memberRoom(ben, room.id)).membership.readSeq >= 40);
});

test(
  "three nodes write into one room: no place is given twice and none is left out",
  async ({ stages, url, postgres, logged }) => {
    const [one] = stages;
    const { ann, ben, cay } = await one!.people("ann", "ben", "cay");
    const room = await one!.room("public", "hall", ann, ben, cay);
    const sent = stages.flatMap((node) =>
      Array.from(
        { length: 200 },
        (_, i) => node.send([ann, ben, cay][i % 3]!, room.id, `@ann ${i}`),
      )
    );
    const places = (await Promise.all(sent)).map(({ seq }) => seq).sort((a, b) => a - b);
    assert.deepEqual(places, Array.from({ length: 600 }, (_, i) => i + 1));
    for (const node of stages) {
      const revs = node.takeChanges().flatMap((change) =>
        change.type === "message" ? change.rev : []
      );
      assert.deepEqual(revs, revs.toSorted((a, b) => a - b), "each tells its own in order");
    }
    assert.equal(await unsoundRooms(postgres, url), "");
    assert.deepEqual(logged, []);
  },
  3,
);

test("an operator's stricter isolation does not make messages fail", async ({ one, url, postgres, logged }) => {
  await postgres.query(
    `ALTER DATABASE "${
      new URL(url).pathname.slice(1)
    }" SET default_transaction_isolation = 'serializable'`,
  );
  const strict = await openStore(url, logged, () => {});
  try {
    const { ann } = await one.people("ann");
    const room = await one.room("public", "hall", ann);
    const sends = [one.store, strict].flatMap((store) =>
      Array.from({ length: 50 }, () =>
        store.sendMessage({
          userId: ann.id,
          room: room.id,
          clientId: crypto.randomUUID(),
          text: "text",
          replyTo: null,
          now: Date.now(),
        }))
    );
    await Promise.all(sends);
    assert.equal((await one.memberRoom(ann, room.id)).head, 100);
    assert.equal(await unsoundRooms(postgres, url), "");
  } finally {
    await strict.close();
  }
});
