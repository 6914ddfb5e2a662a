/** The oracle catches what it is there to catch: each fault is planted once. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/objects.ts";
import { type Evidence, violations } from "./oracle.ts";

const ROOM = 7;

function message(id: number, seq: number, rev: number): Message {
  return {
    id,
    room: ROOM,
    seq,
    rev,
    userId: 1,
    username: "ann",
    text: `text ${id}`,
    ts: 1,
    clientId: `client-id-of-message-${id}`,
    editedAt: rev > seq ? 1 : null,
    deletedAt: null,
    replyTo: null,
    reactions: {},
    files: [],
    mentions: [],
  };
}

/** Two messages, the first of them edited; everybody saw everything. */
function honest(): Evidence {
  const stored = [message(1, 1, 3), message(2, 2, 2)];
  const sent = (id: number, seq: number) => ({
    userId: 1,
    room: ROOM,
    what: "send" as const,
    clientId: `client-id-of-message-${id}`,
    text: `text ${id}`,
    acked: { id, seq, rev: seq },
  });
  return {
    attempts: [sent(1, 1), sent(2, 2), {
      userId: 1,
      room: ROOM,
      what: "edit",
      acked: { id: 1, seq: 1, rev: 3 },
    }],
    received: [1, 2, 3].map((rev) => ({ room: ROOM, rev, message: rev === 2 ? 2 : 1 })),
    fetched: new Map([[ROOM, { head: 3, messages: stored }]]),
    held: [{ who: "bob", room: ROOM, view: { head: 3, messages: structuredClone(stored) } }],
  };
}

const FAULTS: Record<string, (evidence: Evidence, stored: Message[]) => void> = {
  "an acknowledged message that is gone": (_, stored) => stored.pop(),
  "an acknowledged edit that is gone": (_, stored) => stored[0]!.rev = 1,
  "a message under another clientId": (_, stored) => stored[1]!.clientId = "another-client-id",
  "a message with another text": (_, stored) => stored[1]!.text = "another",
  "a message stored twice": (_, stored) => stored.push({ ...stored[1]!, id: 9, seq: 4, rev: 4 }),
  "two messages with one seq": (_, stored) => stored[0]!.seq = 2,
  "two messages with one rev": (_, stored) => stored[0]!.rev = 2,
  "a head that nobody made": ({ fetched }) => fetched.get(ROOM)!.head = 4,
  "a change beyond the head": ({ fetched }) => fetched.get(ROOM)!.head = 2,
  "one revision told as two changes": ({ received }) => received[1]!.message = 1,
  "a client that stopped short": ({ held }) => held[0]!.view.head = 2,
  "a client that missed an edit": ({ held }) => held[0]!.view.messages[0]!.text = "old",
  "a client that lacks a message": ({ held }) => held[0]!.view.messages.pop(),
  "a client that keeps what is not there": ({ held }) =>
    held[0]!.view.messages.push(message(9, 9, 9)),
};

Deno.test("the oracle finds nothing where the promise was kept", () => {
  assert.deepEqual(violations(honest()), []);
});

Deno.test("a change whose ack was lost explains one number that nobody saw, not two", () => {
  const evidence = honest();
  evidence.attempts.push({ userId: 1, room: ROOM, what: "react", acked: null });
  const raise = (head: number) => {
    evidence.fetched.get(ROOM)!.head = head;
    evidence.held[0]!.view.head = head;
  };
  raise(4);
  assert.deepEqual(violations(evidence), []);
  raise(5);
  assert.equal(violations(evidence).length, 1);
});

for (const [name, plant] of Object.entries(FAULTS)) {
  Deno.test(`the oracle catches ${name}`, () => {
    const evidence = honest();
    plant(evidence, evidence.fetched.get(ROOM)!.messages);
    assert.ok(violations(evidence).length > 0);
  });
}
