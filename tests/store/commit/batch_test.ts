/** Batches over a transaction that is no SQLite connection on the same thread. */
import assert from "node:assert/strict";
import { BatchWriter, readBatch } from "../../../lib/store/commit/batch.ts";
import type { Batch, BatchOutcome } from "../../../lib/store/commit/wire.ts";
import { openWriter } from "../../../lib/store/sqlite/open.ts";
import { accountInput, messageInput, tested, withFolder } from "../sqlite/support.ts";
import { Conflict, ConnectionLost, PooledTransaction } from "./pooled_transaction.ts";

interface Stage {
  transaction: PooledTransaction;
  write(batch: Batch): Promise<BatchOutcome>;
  /** Of each message in the room its place and text. */
  stored(): unknown[];
}

/** Ann and Ben are in the general room; nothing was done since. */
function withStage(run: (stage: Stage) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const sqlite = await openWriter(`${folder}/confab.db`, "epoch-1");
    try {
      const transaction = new PooledTransaction(sqlite);
      const writer = new BatchWriter(transaction);
      const write = (batch: Batch) => writer.write(batch);
      const inputs = ["ann", "ben"].map(accountInput);
      const { errors } = await write({ names: ["createAccount", "createAccount"], inputs });
      assert.equal(errors.size, 0);
      transaction.steps.length = 0;
      const stored = () =>
        sqlite.db.prepare("SELECT seq, text FROM messages ORDER BY seq").all()
          .map(({ seq, text }) => [seq, text]);
      await run({ transaction, write, stored });
      assert.equal(transaction.state, "none", "no transaction is left open");
    } finally {
      sqlite.close();
    }
  });
}

/** Messages of these people: `[1, "one"]` is one by Ann. */
function messages(...texts: [number, string][]): Batch {
  return {
    names: texts.map(() => "sendMessage" as const),
    inputs: texts.map(([userId, text]) => messageInput(userId, text)),
  };
}

const codes = ({ errors }: BatchOutcome) => [...errors].map(([index, { code }]) => [index, code]);

tested(
  "a batch is one transaction, however long each statement takes",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      const outcome = await write(messages([1, "one"], [2, "two"], [1, "three"]));
      assert.deepEqual(codes(outcome), []);
      assert.deepEqual(transaction.steps, ["begin", "commit"]);
      assert.deepEqual(stored(), [[1, "one"], [2, "two"], [3, "three"]]);
    }),
);

tested("a refusal costs no savepoint", () =>
  withStage(async ({ transaction, write, stored }) => {
    const outcome = await write(messages([1, "one"], [9, "two"], [2, "three"]));
    assert.deepEqual(codes(outcome), [[1, "not_found"]]);
    assert.deepEqual(transaction.steps, ["begin", "commit"]);
    assert.deepEqual(stored(), [[1, "one"], [2, "three"]]);
  }));

tested(
  "a statement that fails aborts the transaction: it is run again, and one fails alone",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      // Before anything was written, and again under its savepoint.
      const fault = { at: /FROM users AS u/, thrown: new Error("a fault of the statement") };
      transaction.faults.push(fault, fault);
      const outcome = await write(messages([1, "one"], [2, "two"]));
      assert.deepEqual(codes(outcome), [[0, "internal"]]);
      assert.deepEqual(transaction.steps, [
        ...["begin", "rollback"],
        ...["begin", "savepoint", "undo", "release", "savepoint", "release", "commit"],
      ]);
      assert.deepEqual(stored(), [[1, "two"]]);
    }),
);

tested(
  "a conflict undoes the transaction, and the same is run again",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      transaction.faults.push({ at: /INSERT INTO messages/, thrown: new Conflict("a deadlock") });
      transaction.commitFaults.push(new Conflict("cannot be serialized"));
      const outcome = await write(messages([1, "one"], [2, "two"]));
      assert.deepEqual(codes(outcome), []);
      assert.deepEqual(
        transaction.steps,
        ["begin", "rollback", "begin", "rollback", "begin", "commit"],
      );
      assert.deepEqual(stored(), [[1, "one"], [2, "two"]]);
    }),
);

tested(
  "where others are always in the way, the batch is given up after five times",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      for (let i = 0; i < 9; i++) transaction.commitFaults.push(new Conflict("not serializable"));
      const outcome = await write(messages([1, "one"], [2, "two"]));
      assert.deepEqual(codes(outcome), [[0, "unavailable"], [1, "unavailable"]]);
      assert.match(outcome.failure!, /in the way/);
      assert.equal(transaction.commitFaults.length, 4);
      assert.deepEqual(stored(), []);
    }),
);

tested(
  "a connection that is lost fails the batch, and nothing of it is kept",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      await write(messages([1, "before"]));
      transaction.faults.push({ at: /INSERT INTO messages/, thrown: new ConnectionLost("gone") });
      const outcome = await write(messages([1, "one"], [2, "two"]));
      assert.deepEqual(codes(outcome), [[0, "unavailable"], [1, "unavailable"]]);
      assert.match(outcome.failure!, /gone/);
      assert.deepEqual(stored(), [[1, "before"]]);
      assert.deepEqual(codes(await write(messages([1, "one"]))), []);
      assert.deepEqual(stored(), [[1, "before"], [2, "one"]]);
    }),
);

tested(
  "a commit that undid everything is no success",
  () =>
    withStage(async ({ transaction, write, stored }) => {
      transaction.commitFaults.push(new Error("the COMMIT was answered with ROLLBACK"));
      const outcome = await write(messages([1, "one"]));
      assert.deepEqual(codes(outcome), [[0, "unavailable"]]);
      assert.deepEqual(stored(), []);
    }),
);

tested(
  "what others may have written is read anew in each transaction",
  () =>
    withStage(async ({ transaction, write }) => {
      await write(messages([1, "one"]));
      transaction.faults.push({ at: /FROM users AS u/, thrown: new Conflict("read anew") });
      await write(messages([1, "two"]));
      assert.equal(transaction.faults.length, 0);
    }),
);

tested(
  "reads share a view, and one that fails, fails alone",
  () =>
    withStage(async ({ transaction }) => {
      const names = ["hasAccounts", "getRoom", "epoch"] as const;
      const inputs = [undefined, { userId: 1, room: 99 }, undefined];
      const outcome = await readBatch(transaction, { names: [...names], inputs });
      assert.deepEqual(codes(outcome), [[1, "not_found"]]);
      assert.deepEqual([outcome.outcomes[0], outcome.outcomes[2]], [true, "epoch-1"]);
      assert.deepEqual(transaction.steps, ["begin", "rollback"]);
    }),
);
