/** Batches on SQLite: one that fails halfway, a disk that is full in the middle. */
import assert from "node:assert/strict";
import type { Batch, BatchOutcome } from "../../../lib/store/commit/wire.ts";
import { accountInput, messageInput, tested, withWriter, type WritingStage } from "./support.ts";

function messages(texts: [number, string][]): Batch {
  return {
    names: texts.map(() => "sendMessage" as const),
    inputs: texts.map(([userId, text]) => messageInput(userId, text)),
  };
}

async function signup(on: WritingStage, ...names: string[]): Promise<void> {
  const inputs = names.map(accountInput);
  const batch = { names: names.map(() => "createAccount"), inputs } as Batch;
  const reply = await on.write(batch);
  assert.equal(reply.errors.size, 0);
}

function storedTexts(on: WritingStage): unknown[] {
  return on.db.prepare("SELECT seq, text FROM messages ORDER BY seq").all()
    .map((row) => [row.seq, row.text]);
}

const codes = (reply: BatchOutcome) => [...reply.errors].map(([index, { code }]) => [index, code]);

tested(
  "an operation that fails after it wrote is undone alone, and the others are kept",
  () =>
    withWriter(async (on) => {
      await signup(on, "ann", "ben");
      on.db.exec(`CREATE TRIGGER fault AFTER INSERT ON messages WHEN new.user_id = 2
      BEGIN SELECT RAISE(ABORT, 'a fault after the message was inserted'); END`);
      const reply = await on.write(messages([[1, "one"], [2, "two"], [1, "three"], [2, "four"]]));
      assert.deepEqual(codes(reply), [[1, "internal"], [3, "internal"]]);
      assert.equal(reply.failure, null);
      assert.deepEqual(storedTexts(on), [[1, "one"], [2, "three"]]);
      const places = Array.from(reply.outcomes, (outcome) =>
        (outcome as { seq: number } | undefined)?.seq ?? null);
      assert.deepEqual(places, [1, null, 2, null]);
      const { head } = on.db.prepare("SELECT head FROM rooms WHERE id = 1").get()!;
      assert.equal(head, 2);
    }),
);

tested("a refusal before any write leaves the batch as it is", () =>
  withWriter(async (on) => {
    await signup(on, "ann");
    const reply = await on.write(messages([[1, "one"], [9, "two"], [1, "three"]]));
    assert.deepEqual(codes(reply), [[1, "not_found"]]);
    assert.deepEqual(storedTexts(on), [[1, "one"], [2, "three"]]);
  }));

tested(
  "when the disk is full, nothing of the batch is kept; with space it works again",
  () =>
    withWriter(async (on) => {
      await signup(on, "ann");
      const { page_count } = on.db.prepare("PRAGMA page_count").get()!;
      on.db.exec(`PRAGMA max_page_count = ${Number(page_count) + 2}`);
      const long = "x".repeat(8000);
      const texts = Array.from(
        { length: 10 },
        (_, index): [number, string] => [1, `${index}${long}`],
      );
      const batch = messages(texts);
      batch.inputs = batch.inputs.map((input, index) => ({
        ...input as ReturnType<typeof messageInput>,
        clientId: `client-${index}-0000000000`,
      }));
      const reply = await on.write(batch);
      assert.match(reply.failure!, /full/);
      assert.equal(reply.errors.size, 10);
      assert.deepEqual(reply.outcomes, []);
      assert.deepEqual(storedTexts(on), []);
      assert.equal(on.db.isTransaction, false);

      on.db.exec("PRAGMA max_page_count = 1000000");
      const again = await on.write(batch);
      assert.equal(again.errors.size, 0);
      assert.equal(storedTexts(on).length, 10);
    }),
);

tested("an operation that only reads is no part of a write", () =>
  withWriter(async (on) => {
    const reply = await on.write({ names: ["hasAccounts"], inputs: [null] });
    assert.deepEqual(codes(reply), [[0, "internal"]]);
  }));
