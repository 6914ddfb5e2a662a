/** The replica follows the protocol's rules; the oracle trusts what it holds. */
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import assert from "node:assert/strict";
import type { ReadyEvent } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { Changes } from "../../lib/protocol/sync.ts";
import { memberRoom, message } from "../support/model_message.ts";
import { Replica, toView } from "./replica.ts";

function ready(room: MemberRoom): ReadyEvent {
  const user = { id: 1, username: "ann", displayName: "Ann" };
  return {
    type: "ready",
    protocol: 1,
    epoch: "one",
    sessionId: 1,
    instance: "one",
    user: { ...user, role: "member", avatar: null, disabled: false, status: null },
    settings: { language: null, theme: "system", showLocalTime: true },
    rooms: [room],
    hidden: { rooms: 0, unread: false },
    users: [],
    saved: [],
    threads: [],
    presence: {},
    workspace: STANDARD_HERE,
    limits: {} as never, // a replica has no use for them
    serverTime: 0,
  };
}

function changes(messages: Message[], more: Partial<Changes> = {}) {
  const head = messages.at(-1)!.rev;
  return { type: "changes", room: 1, messages, head, more: false, reset: false, ...more } as const;
}

Deno.test("a replica asks for what is missing, and ends where a fetch would begin", () => {
  const replica = new Replica();
  const room = memberRoom(1);
  assert.deepEqual(replica.apply(ready(room)), { 1: 0 });
  replica.apply(changes([message(1)]));
  assert.deepEqual(
    replica.apply({ type: "message", room: 1, rev: 3, message: message(3) }),
    { 1: 1 },
    "2 is missing",
  );
  assert.equal(replica.settled, false);
  replica.apply(changes([message(2), message(3)]));
  assert.equal(replica.settled, true);
  const all = [message(1), message(2), message(3)];
  assert.deepEqual(replica.view, new Map([[1, toView(room, 3, all)]]));
});

Deno.test("a replica that is told to drop a room drops it, and says so", () => {
  const replica = new Replica();
  replica.apply(ready(memberRoom(1)));
  replica.apply(changes([message(1)]));
  replica.apply(changes([message(9)], { reset: true }));
  assert.deepEqual(replica.resets, [1]);
  assert.deepEqual(replica.view, new Map([[1, toView(memberRoom(9), 9, [message(9)])]]));
});
