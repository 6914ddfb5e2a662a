/** What a commit promises: order, and that listeners know before callers do. */
import assert from "node:assert/strict";
import { refused, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

export function commitTests(test: StoreTest): void {
  test("listeners are told before any caller is answered", async (stage) => {
    const { ann } = await stage.people("ann");
    const log: string[] = [];
    stage.onCommit = (changes) => {
      for (const change of changes) {
        if (change.type === "message") log.push(`committed ${change.rev}`);
      }
    };
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const message = await stage.send(ann, 1, "hello");
        log.push(`answered ${message.rev}`);
      }),
    );
    for (let rev = 1; rev <= 20; rev++) {
      const committed = log.indexOf(`committed ${rev}`);
      assert.ok(committed >= 0 && committed < log.indexOf(`answered ${rev}`), `rev ${rev}`);
    }
  });

  test("what is announced of a room comes in the order of its head, without a gap", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    stage.takeChanges();
    await Promise.all(Array.from({ length: 60 }, async (_, index) => {
      const message = await stage.send(index % 2 === 0 ? ann : ben, 1, `m${index}`);
      if (index % 5 === 0) await stage.react(ann, message, "👍");
    }));
    const revs = stage.takeChanges().map((change) => change.type === "message" && change.rev);
    assert.deepEqual(revs, Array.from({ length: 72 }, (_, index) => index + 1));
  });

  test("after a removal is announced, no message of the removed follows", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "club", ann, ben);
    stage.takeChanges();
    const sends = Array.from({ length: 20 }, (_, index) => stage.send(ben, room.id, `a${index}`));
    const removal = stage.remove(room.id, ann, ben);
    const late = Array.from({ length: 20 }, (_, index) => stage.send(ben, room.id, `b${index}`));
    await removal;
    await Promise.allSettled([...sends, ...late]);
    const changes = stage.takeChanges();
    const left = changes.findIndex((change) => change.type === "left");
    assert.ok(left >= 0);
    assert.deepEqual(changes.slice(left + 1), [{ type: "room", room: room.id }]);
    await refused("not_found", late[19]!);
  });

  test("a caller reads at once what it was told is stored", async (stage) => {
    const { ann } = await stage.people("ann");
    for (let index = 1; index <= 20; index++) {
      const sent = await stage.send(ann, 1, `m${index}`);
      const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 1 });
      assert.deepEqual(page.messages, [sent]);
    }
  });

  test("the epoch has a name and keeps it; a probe commits", async (stage) => {
    const epoch = await stage.store.epoch();
    assert.ok(epoch.length > 0);
    await stage.store.probe({ now: stage.now() });
    await stage.store.probe({ now: stage.now() });
    assert.equal(await stage.store.epoch(), epoch);
    assert.deepEqual(stage.takeChanges(), []);
  });

  test("a closed store refuses and finishes what it had begun", async (stage) => {
    const { ann } = await stage.people("ann");
    const sent = stage.send(ann, 1, "just in time");
    const closing = stage.store.close();
    await refused("unavailable", stage.send(ann, 1, "too late"));
    assert.equal((await sent).seq, 1);
    await closing;
    await refused("unavailable", stage.store.getUser({ userId: ann.id, id: ann.id }));
    await stage.store.close();
  });
}
