import assert from "node:assert/strict";
import { Connection } from "../../../lib/hub/sockets/connection.ts";
import { Presence } from "../../../lib/hub/people/presence.ts";
import { ticks } from "../../support/ticks.ts";

function connection(): Connection {
  const socket = { send() {}, close() {}, cut() {}, buffered: 0, stuck: false };
  return new Connection({ address: "192.0.2.1", network: "192.0.2.1" }, socket, () => {}, ticks(0));
}

Deno.test("a user is online with one tab in front, away with none, offline without tabs", () => {
  const presence = new Presence();
  const [front, back] = [connection(), connection()];
  back.status = "away";
  presence.add(7, back);
  assert.equal(presence.statusOf(7), "away");
  presence.add(7, front);
  assert.equal(presence.statusOf(7), "online");
  presence.remove(7, front);
  assert.equal(presence.statusOf(7), "away");
  presence.remove(7, back);
  assert.equal(presence.statusOf(7), "offline");
});

Deno.test("who moved is told where they stand now, also when they are back where they were", () => {
  const presence = new Presence();
  const [before, after] = [connection(), connection()];
  presence.add(7, before);
  assert.deepEqual(presence.takeChanges(), [[7, "online"]]);
  assert.deepEqual(presence.takeChanges(), []);
  presence.remove(7, before);
  presence.add(7, after);
  assert.deepEqual(presence.takeChanges(), [[7, "online"]]);
  presence.remove(7, after);
  assert.deepEqual(presence.takeChanges(), [[7, "offline"]]);
});

Deno.test("a second tab moves nobody for the others", () => {
  const presence = new Presence();
  const [first, second, back] = [connection(), connection(), connection()];
  back.status = "away";
  presence.add(7, first);
  presence.takeChanges();
  for (const more of [second, back]) presence.add(7, more);
  presence.remove(7, second);
  assert.deepEqual(presence.takeChanges(), []);
  presence.remove(7, first);
  assert.deepEqual(presence.takeChanges(), [[7, "away"]]);
});
