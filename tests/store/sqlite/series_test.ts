/** What a series remembers from one transaction to the next, and what makes it forget. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Value } from "../../../lib/store/driver.ts";
import type { Batch } from "../../../lib/store/commit/wire.ts";
import { accountInput, messageInput, tested, withWriter, type WritingStage } from "./support.ts";

interface Stage {
  on: WritingStage;
  path: string;
  /** The statements that were run since this was emptied. */
  statements: string[];
  write(name: Batch["names"][number], ...inputs: unknown[]): Promise<(string | null)[]>;
}

/** Ann, who owns everything, and Ben, in the general room. */
function withStage(run: (stage: Stage) => Promise<void>): Promise<void> {
  return withWriter(async (on) => {
    const statements: string[] = [];
    const get = on.driver.get.bind(on.driver);
    on.driver.get = <Row>(sql: string, parameters: readonly Value[]) => {
      statements.push(sql);
      return get<Row>(sql, parameters);
    };
    /** Of each operation the code of its error, or null. */
    const write: Stage["write"] = async (name, ...inputs) => {
      const reply = await on.write({ names: inputs.map(() => name), inputs });
      assert.equal(reply.failure, null);
      return inputs.map((_, index) => reply.errors.get(index)?.code ?? null);
    };
    await write("createAccount", accountInput("ann"), accountInput("ben"));
    statements.length = 0;
    await run({ on, path: on.path, statements, write });
  });
}

const now = 1_700_000_000_002;
const stands = (sql: string) => sql.includes("member_role");

function places(on: WritingStage): unknown[] {
  const { head } = on.db.prepare("SELECT head FROM rooms WHERE id = 1").get()!;
  return [head, ...on.db.prepare("SELECT seq FROM messages ORDER BY id").all().map((m) => m.seq)];
}

tested(
  "where a sender stands is read once, also for the batches that follow",
  () =>
    withStage(async ({ on, statements, write }) => {
      assert.deepEqual(await write("sendMessage", messageInput(2, "one")), [null]);
      assert.equal(statements.filter(stands).length, 1);
      await write("sendMessage", messageInput(2, "two"), messageInput(2, "three"));
      await write("sendMessage", messageInput(2, "four"));
      assert.equal(statements.filter(stands).length, 1);
      assert.deepEqual(places(on), [4, 1, 2, 3, 4]);
    }),
);

tested(
  "a read mark in between reads the head that was raised, and ends no series",
  () =>
    withStage(async ({ on, statements, write }) => {
      const names = ["sendMessage", "markRead", "sendMessage"] as const;
      const mark = { userId: 1, room: 1, seq: 9 };
      const inputs = [messageInput(2, "one"), mark, messageInput(2, "two")];
      await on.write({ names: [...names], inputs });
      const read = on.db.prepare("SELECT read_seq FROM members WHERE user_id = 1").get()!;
      assert.equal(read.read_seq, 1);
      assert.deepEqual(places(on), [2, 1, 2]);
      statements.length = 0;
      await write("sendMessage", messageInput(2, "three"));
      assert.equal(statements.filter(stands).length, 0);
    }),
);

tested(
  "who was removed, or disabled, is refused in the next batch",
  () =>
    withStage(async ({ on, write }) => {
      const room = { userId: 1, kind: "private", name: "closed", topic: "", now };
      await write("createRoom", room);
      await write("addMember", { actorId: 1, room: 2, userId: 2, now });
      const inRoom = (text: string) => ({ ...messageInput(2, text), room: 2 });
      assert.deepEqual(await write("sendMessage", inRoom("one")), [null]);
      await write("removeMember", { actorId: 1, room: 2, userId: 2 });
      assert.deepEqual(await write("sendMessage", inRoom("two")), ["not_found"]);
      assert.deepEqual(await write("sendMessage", messageInput(2, "three")), [null]);
      await write("updateUser", { actorId: 1, userId: 2, disabled: true, now });
      assert.deepEqual(await write("sendMessage", messageInput(2, "four")), ["forbidden"]);
      assert.deepEqual(places(on), [1, 1, 1]);
    }),
);

tested("what another process wrote is seen", () =>
  withStage(async ({ on, path, write }) => {
    assert.deepEqual(await write("sendMessage", messageInput(2, "one")), [null]);
    const other = new DatabaseSync(path);
    other.exec("DELETE FROM members WHERE user_id = 2");
    other.exec("UPDATE rooms SET head = 7 WHERE id = 1");
    other.close();
    assert.deepEqual(await write("sendMessage", messageInput(2, "two")), ["forbidden"]);
    assert.deepEqual(await write("sendMessage", messageInput(1, "three")), [null]);
    assert.deepEqual(places(on), [8, 1, 8]);
  }));

tested(
  "after a transaction that was undone, places are counted from what is stored",
  () =>
    withStage(async ({ on, write }) => {
      await write("sendMessage", messageInput(1, "one"));
      on.db.exec(`CREATE TEMP TRIGGER fault AFTER INSERT ON messages
      WHEN new.user_id = 2 BEGIN SELECT RAISE(ABORT, 'a fault after the insert'); END`);
      const errors = await write("sendMessage", messageInput(1, "two"), messageInput(2, "three"));
      assert.deepEqual(errors, [null, "internal"]);
      on.db.exec("DROP TRIGGER fault");
      await write("sendMessage", messageInput(2, "four"));
      assert.deepEqual(places(on), [3, 1, 2, 3]);
    }),
);

tested(
  "a head that is not where it was left is noticed, and no place is given twice",
  () =>
    withStage(async ({ on, write }) => {
      await write("sendMessage", messageInput(1, "one"));
      // On the same connection, past everything that notices: as a mistake of ours would do it.
      on.db.exec("UPDATE rooms SET head = 5 WHERE id = 1");
      assert.deepEqual(await write("sendMessage", messageInput(1, "two")), [null]);
      assert.deepEqual(places(on), [6, 1, 6]);
    }),
);

tested(
  "where a message stands beyond the head, nothing is written that would repeat its place",
  () =>
    withStage(async ({ on, path, write }) => {
      await write("sendMessage", messageInput(1, "one"), messageInput(1, "two"));
      const mended = new DatabaseSync(path);
      mended.exec("UPDATE rooms SET head = 1 WHERE id = 1");
      mended.close();
      const inputs = [messageInput(2, "three"), messageInput(2, "four")];
      const { errors } = await on.write({
        names: ["sendMessage", "sendMessage"],
        inputs,
      });
      for (const index of [0, 1]) assert.match(errors.get(index)!.detail!, /beyond the head/);
      const edit = { userId: 1, message: 1, text: "edited", now };
      assert.deepEqual(await write("editMessage", edit), ["internal"]);
      assert.deepEqual(places(on), [1, 1, 2]);
    }),
);

tested(
  "a refusal behind a message is no reason to run the batch again",
  () =>
    withStage(async ({ on, write }) => {
      await write("sendMessage", messageInput(1, "one"));
      const savepoints = countSavepoints(on);
      const names = ["sendMessage", "markRead"] as const;
      const inputs = [messageInput(1, "two"), { userId: 9, room: 1, seq: 1 }];
      const reply = await on.write({ names: [...names], inputs });
      assert.deepEqual([...reply.errors.keys()], [1]);
      assert.equal(savepoints(), 0);
    }),
);

/** How often an operation was guarded since. */
function countSavepoints({ db }: WritingStage): () => number {
  let count = 0;
  const exec = db.exec.bind(db);
  db.exec = (sql: string) => {
    if (sql.startsWith("SAVEPOINT")) count += 1;
    exec(sql);
  };
  return () => count;
}
