/**
 * What was acknowledged is stored, once: PostgreSQL is restarted under load as after a crash, stands
 * still, or is out of reach, and nodes come back by themselves.
 */
import assert from "node:assert/strict";
import { ConfabError } from "../../../lib/errors.ts";
import type { Store } from "../../../lib/store/store.ts";
import { startCable } from "../../support/cable.ts";
import { eventually } from "../../support/eventually.ts";
import { refused } from "../../contract/store/stage.ts";
import { nodesTests, openStore, unsoundRooms } from "./nodes.ts";

const test = nodesTests();

/** Longer than every limit on the way: of a lock, of a statement, of an answer, of a connection. */
const REFUSED_WITHIN = 12_000;

interface Place {
  userId: number;
  room: number;
}

/** Somebody who writes until they are stopped, and again what was refused for now, as clients do. */
class Writer {
  /** The messages that were acknowledged: their clientIds, and the ids they got. */
  readonly acked = new Map<string, number>();
  readonly seqs: number[] = [];
  refusals = 0;

  async write(store: Store, place: Place, until: { over: boolean }): Promise<void> {
    while (!until.over) await this.#one(store, place, crypto.randomUUID());
  }

  async #one(store: Store, place: Place, clientId: string): Promise<void> {
    for (;;) {
      try {
        const input = { ...place, clientId, text: "text", replyTo: null, now: Date.now() };
        const { message } = await store.sendMessage(input);
        this.acked.set(clientId, message.id);
        this.seqs.push(message.seq);
        return;
      } catch (error) {
        assert(error instanceof ConfabError && error.code === "unavailable", String(error));
        this.refusals += 1;
        await pause(50);
      }
    }
  }
}

test(
  "four restarts as after a crash: every acknowledged message is there, once, and in its place",
  async ({ stages, url, postgres }) => {
    const [one] = stages;
    const { ann, ben, cay } = await one!.people("ann", "ben", "cay");
    const rooms: number[] = [];
    for (const name of ["a", "b", "c", "d"]) {
      rooms.push((await one!.room("public", name, ann, ben, cay)).id);
    }
    const until = { over: false };
    const writers: Writer[] = [];
    const writing = stages.flatMap(({ store }) =>
      [ann, ben, cay].flatMap(({ id }) =>
        rooms.map((room) => {
          const writer = new Writer();
          writers.push(writer);
          return writer.write(store, { userId: id, room }, until);
        })
      )
    );
    const acks = () => writers.reduce((sum, { acked }) => sum + acked.size, 0);
    const more = async () => {
      const before = acks();
      await eventually(() => assert.ok(acks() > before + 100, "they write"));
    };
    for (let restart = 0; restart < 4; restart++) {
      await more();
      await postgres.restart({ mode: "immediate" });
    }
    await more();
    until.over = true;
    await Promise.all(writing);

    const rows = (await postgres.query("SELECT client_id, id FROM messages", url)).split("\n");
    const stored = new Map(rows.map((row) => row.split("|") as [string, string]));
    assert.equal(rows.length, stored.size, "none is doubled");
    assert.equal(stored.size, acks(), "as many as were acknowledged");
    for (const { acked, seqs } of writers) {
      for (const [clientId, id] of acked) assert.equal(Number(stored.get(clientId)), id);
      assert.deepEqual(seqs, seqs.toSorted((a, b) => a - b), "in the order of writing");
    }
    assert.ok(writers.some(({ refusals }) => refusals > 0), "the restarts were felt");
    assert.equal(await unsoundRooms(postgres, url), "");
  },
  3,
);

for (const [what, cutOff] of [["stands still", false], ["is out of reach", true]] as const) {
  test(`while PostgreSQL ${what} a message is refused in time, and afterwards all works by itself`, async ({ one, url, postgres }) => {
    await using cable = startCable(postgres.port);
    const logged: string[] = [];
    const store = await openStore(cable.through(url), logged, () => {});
    try {
      const { ann } = await one.people("ann");
      const room = await one.room("public", "hall", ann);
      const send = (clientId: string) => {
        const input = { userId: ann.id, room: room.id, clientId, text: "text", replyTo: null };
        return store.sendMessage({ ...input, now: Date.now() });
      };
      await send("before-the-outage");
      cutOff ? cable.cut() : postgres.freeze();
      const startedAt = performance.now();
      const outcomes = await Promise.allSettled([
        send("in-the-outage"),
        store.getRoom({ userId: ann.id, room: room.id }),
        store.markRead({ userId: ann.id, room: room.id, seq: 1, now: 1 }),
      ]).finally(() => cutOff ? cable.mend() : postgres.thaw());
      assert.deepEqual(
        outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code),
        ["unavailable", "unavailable", "unavailable"],
      );
      assert.ok(performance.now() - startedAt < REFUSED_WITHIN, "refused in time");
      await eventually(async () => {
        await send("in-the-outage");
        await store.getRoom({ userId: ann.id, room: room.id });
        await store.markRead({ userId: ann.id, room: room.id, seq: 1, now: 1 });
      });
      assert.equal(await postgres.query("SELECT count(*) FROM messages", url), "2");
      assert.equal(await unsoundRooms(postgres, url), "");
      assert.match(logged[0] ?? "", /^The database is out of reach/);
    } finally {
      await store.close();
    }
  });
}

test("a server that has become a standby is not stayed with: nodes wait for one that takes writes", async ({ one, url, postgres, logged }) => {
  const { ann } = await one.people("ann");
  const room = await one.room("public", "hall", ann);
  await one.send(ann, room.id, "To the primary.");
  await postgres.stop();
  await Deno.writeTextFile(`${postgres.folder}/data/standby.signal`, "");
  await postgres.start();
  assert.equal(await postgres.query("SELECT pg_is_in_recovery()", url), "t");
  const clientId = one.clientId();
  await assert.rejects(openStore(url, logged, () => {}), /it is a standby, which takes no writes/);
  await refused("unavailable", one.resend(ann, room.id, "To a standby.", clientId));
  await refused("unavailable", one.store.getRoom({ userId: ann.id, room: room.id }));
  await postgres.query("SELECT pg_promote()");
  await eventually(() => one.resend(ann, room.id, "To a standby.", clientId));
  assert.equal((await one.memberRoom(ann, room.id)).head, 2);
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
