/** Which texts mention so many people at once that one is asked first. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { PresenceStatus } from "../../../lib/protocol/presence.ts";
import { wideReach } from "../../../lib/ui/dialogs/reaching.ts";
import type { View } from "../../../lib/ui/view.ts";
import { ANN, fakeClient, roomOf } from "../fake_client.ts";

/** Ann writes in a room of so many, of whom so many others are online, and one is away. */
function viewOf(memberCount: number, online: number): View {
  const presence = new Map<number, PresenceStatus>([[ANN.id, "online"], [999, "away"]]);
  for (let at = 0; at < online; at++) presence.set(1_000 + at, "online");
  const rooms = signal(new Map([[1, roomOf({ memberCount })]]));
  const { state } = fakeClient([], { rooms, presence: signal(presence) });
  return { state } as View; // no more of a view than is looked at
}

Deno.test("more than twenty others are asked about, and neither fewer nor oneself", () => {
  assert.deepEqual(wideReach(viewOf(22, 0), 1, "@room hi"), { group: "room", most: 21 });
  assert.equal(wideReach(viewOf(21, 50), 1, "@room hi"), null);
  assert.deepEqual(wideReach(viewOf(500, 21), 1, "hi @here!"), { group: "here", most: 21 });
  assert.equal(wideReach(viewOf(500, 20), 1, "hi @here!"), null);
  assert.deepEqual(wideReach(viewOf(25, 90), 1, "@here"), { group: "here", most: 24 });
});

Deno.test("of both groups the larger is asked about; names, code and addresses are no question", () => {
  assert.deepEqual(wideReach(viewOf(100, 50), 1, "@here @room"), { group: "room", most: 99 });
  for (const text of ["hi @ann", "`@room`", "me@room.example", "the room", ""]) {
    assert.equal(wideReach(viewOf(100, 50), 1, text), null, text);
  }
});

Deno.test("an edit asks about a group that it adds, and not about one that was there", () => {
  const view = viewOf(100, 50);
  assert.equal(wideReach(view, 1, "@room, hello", "@room helo"), null);
  assert.equal(wideReach(view, 1, "@room, hello", "hello")?.group, "room");
  assert.equal(wideReach(view, 1, "@room, hello", "@here hello")?.group, "room");
});
