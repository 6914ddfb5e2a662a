/** Who asks for a message gets what became of it, whenever they ask. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { Deliveries } from "../../lib/client/deliveries.ts";
import type { Outbox } from "../../lib/client/outbox.ts";
import { RequestError } from "../../lib/client/request_error.ts";

const NAME = "message-number-1";
const PLACE = { id: 7, room: 1, seq: 3, rev: 3, ts: 1 };

/** Nothing waits in the outbox: what it would do is tried elsewhere. */
const empty = () => new Deliveries({ entries: signal([]), discard() {} } as unknown as Outbox);

Deno.test("an answer that came before anybody asked is not waited for any more", async () => {
  const deliveries = empty();
  // What a former run left is sent before the program comes to it.
  deliveries.heard({ type: "ack", ref: NAME, message: PLACE, duplicate: true });
  assert.equal(deliveries.isToBeSent(NAME), false);
  assert.deepEqual(await deliveries.wait(NAME, "hello"), PLACE);
});

Deno.test("a name that stands for another text is a conflict, here as on the server", async () => {
  const deliveries = empty();
  const first = deliveries.wait(NAME, "hello");
  const isConflict = (error: unknown) => error instanceof RequestError && error.code === "conflict";
  await assert.rejects(deliveries.wait(NAME, "something else"), isConflict);
  deliveries.heard({ type: "ack", ref: NAME, message: PLACE, duplicate: false });
  assert.deepEqual(await first, PLACE);
  await assert.rejects(deliveries.wait(NAME, "something else"), isConflict);
  assert.deepEqual(await deliveries.wait(NAME, "hello"), PLACE);
});

Deno.test("a change's answer is no message's", () => {
  const deliveries = empty();
  const { ts: _ts, ...place } = PLACE;
  deliveries.heard({ type: "ack", ref: NAME, message: place });
  assert.equal(deliveries.isToBeSent(NAME), true);
});
