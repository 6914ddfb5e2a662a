/** A judge who never convicts is none: each of the oracle's checks is shown a planted fault. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import { message as modelMessage } from "../support/model_message.ts";
import { type ClientLog, type Evidence, findViolations } from "./oracle.ts";

const ROOM = { kind: "public", name: "general", topic: "", archived: false } as const;

function message(id: number, seq: number, rev = seq): Message {
  const clientId = `client-id-number-${id}`;
  return modelMessage(seq, { id, rev, userId: 1, username: "ann", clientId });
}

/** Three messages, the first with a reaction, all acknowledged, heard and seen. */
function honestEvidence() {
  const messages = [message(11, 1, 4), message(12, 2), message(13, 3)];
  const ann: ClientLog = {
    name: "ann",
    userId: 1,
    sent: messages.map(({ clientId, text }) => ({ clientId, room: 1, text })),
    acked: messages.map(({ id, seq, ts, clientId }) => ({
      clientId,
      place: { id, room: 1, seq, rev: seq, ts },
      duplicate: false,
    })),
    changed: [{ id: 11, room: 1, seq: 1, rev: 4 }],
    heard: [[11, 1], [12, 2], [13, 3], [11, 4]].map(([id, rev]) => ({
      room: 1,
      connection: 1,
      change: { rev: rev!, message: id!, seq: id! - 10 },
    })),
    resets: [],
  };
  const room = { ...ROOM, head: 4, messages };
  return {
    clients: [ann],
    rows: messages.map(({ id, seq, rev, userId, clientId, text }) => ({
      id,
      room: 1,
      seq,
      rev,
      userId,
      clientId,
      text,
      rewritten: false,
    })),
    heads: new Map([[1, 4]]),
    views: [{
      name: "ann",
      state: new Map([[1, structuredClone(room)]]),
      fetched: new Map([[1, room]]),
    }],
  } satisfies Evidence;
}

type Doctored = ReturnType<typeof honestEvidence>;

function convicts(name: string, plant: (evidence: Doctored) => void, sentence: RegExp): void {
  Deno.test(`the oracle convicts ${name}`, () => {
    const evidence = honestEvidence();
    plant(evidence);
    const violations = findViolations(evidence);
    assert.ok(violations.some((each) => sentence.test(each)), JSON.stringify(violations));
  });
}

Deno.test("the oracle finds nothing where all promises were kept", () => {
  assert.deepEqual(findViolations(honestEvidence()), []);
});

convicts("an acknowledged message that is not stored", ({ rows, heads, clients }) => {
  rows.pop();
  heads.set(1, 4);
  clients[0]!.heard.splice(2, 1);
}, /the acknowledged message 13 .* is not in the database/);

convicts("an acknowledged message that is stored with another text", ({ rows }) => {
  rows[1]!.text = "something else";
}, /message 12 .* is stored otherwise/);

convicts("an acknowledged message that is stored as somebody else's", ({ rows }) => {
  rows[1]!.userId = 2;
}, /message 12 .* is stored otherwise/);

convicts("an acknowledged message that is stored under another clientId", ({ rows }) => {
  rows[1]!.clientId = "another-client-id";
}, /message 12 .* is stored otherwise/);

convicts("an acknowledged message that is stored elsewhere in its room", ({ rows }) => {
  rows[1]!.seq = 3;
}, /message 12 .* is stored otherwise/);

convicts("an acknowledged message that is stored in an older state", ({ clients }) => {
  clients[0]!.acked[1]!.place.rev = 3;
}, /message 12 .* is stored otherwise/);

convicts("an acknowledged message that went to another room", ({ clients }) => {
  clients[0]!.sent[1]!.room = 2;
}, /message 12 .* was meant for room 2/);

convicts("an ack of what nobody sent", ({ clients }) => {
  clients[0]!.sent.pop();
}, /message 13 .* was never sent/);

convicts("an acknowledged change of a message that is not stored", ({ rows }) => {
  rows.shift();
}, /the acknowledged change 4 of 11 is not in the database/);

convicts("an acknowledged change that is not stored", ({ rows }) => {
  rows[0]!.rev = 1;
}, /the acknowledged change 4 of 11 is not in the database/);

convicts("a message that is stored twice", ({ rows, heads }) => {
  rows.push({ ...rows[2]!, id: 14, seq: 5, rev: 5 });
  heads.set(1, 5);
}, /client-id-number-13 is stored as 13 and as 14/);

convicts("two acks of one message that name two places", ({ clients }) => {
  const [ack] = clients[0]!.acked;
  clients[0]!.acked.push({ ...ack!, duplicate: true, place: { ...ack!.place, seq: 2 } });
}, /acknowledged in two places/);

convicts("two acks that both call a message new", ({ clients }) => {
  clients[0]!.acked.push({ ...clients[0]!.acked[0]! });
}, /was new twice/);

convicts("a hole in a room's revisions", ({ heads }) => {
  heads.set(1, 5);
}, /room 1: 5 of 5 belongs to no change/);

convicts("a hole in a room's sequence", ({ clients, rows }) => {
  rows.splice(1, 1);
  clients[0]!.acked.splice(1, 1);
  clients[0]!.heard.splice(1, 1);
}, /room 1: 2 of 4 belongs to no change/);

convicts("a place in the sequence that two messages share", ({ rows }) => {
  rows[2]!.seq = 2;
}, /room 1: 2 belongs to messages 12 and 13/);

convicts("a revision that two messages share", ({ rows }) => {
  rows[2]!.rev = 4;
}, /room 1: 4 belongs to messages/);

convicts("a change beyond its room's head", ({ heads }) => {
  heads.set(1, 3);
}, /a change 4 of message 11, outside 1 to its head/);

convicts("a change before the first", ({ rows }) => {
  rows[0]!.seq = 0;
}, /a change 0 of message 11, outside 1 to its head/);

convicts("a revision that was told as a change of two messages", ({ clients }) => {
  clients[0]!.heard[3]!.change = { rev: 4, message: 12, seq: 2 };
}, /room 1: 4 belongs to messages 11 and 12/);

convicts("a live event beyond the head", ({ clients }) => {
  clients[0]!.heard.push({ room: 1, connection: 1, change: { rev: 5, message: 12, seq: 2 } });
}, /a change 5 of message 12, outside 1 to its head/);

convicts("a live event that was left out", ({ clients }) => {
  clients[0]!.heard.splice(1, 1);
}, /in room 1 3 followed 1/);

convicts("a live event that came twice", ({ clients }) => {
  clients[0]!.heard.splice(1, 0, clients[0]!.heard[1]!);
}, /in room 1 2 followed 2/);

convicts("events that changed places", ({ clients }) => {
  clients[0]!.heard.reverse();
}, /in room 1 3 followed 4/);

convicts("a client that was told to drop a room", ({ clients }) => {
  clients[0]!.resets.push(1);
}, /ann was told to drop room 1/);

convicts("an acknowledged message that is stored, but that nobody is given", ({ views }) => {
  views[0]!.fetched.get(1)!.messages.pop();
  views[0]!.state.get(1)!.messages.pop();
}, /ann fetches room 1 without message 13/);

convicts("a message that everybody is given in an older state", ({ views }) => {
  views[0]!.fetched.get(1)!.messages[0]!.rev = 1;
  views[0]!.state.get(1)!.messages[0]!.rev = 1;
}, /ann fetches room 1 with message 11 wrong/);

convicts("a message that everybody is given and nobody stored", ({ views }) => {
  views[0]!.fetched.get(1)!.messages.push(message(14, 5));
  views[0]!.state.get(1)!.messages.push(message(14, 5));
}, /ann fetches room 1 with message 14 wrong/);

convicts("a head that everybody is given and nobody stored", ({ views }) => {
  views[0]!.fetched.get(1)!.head = 3;
  views[0]!.state.get(1)!.head = 3;
}, /ann fetches room 1 at 3, stored is 4/);

convicts("a state with another text", ({ views }) => {
  views[0]!.state.get(1)!.messages[1]!.text = "something else";
}, /ann, room 1: has .*something else/);

convicts("a state without a reaction that the server shows", ({ views }) => {
  views[0]!.fetched.get(1)!.messages[0]!.reactions = { "👍": [2] };
}, /ann, room 1: has/);

convicts("a state that lacks a message", ({ views }) => {
  views[0]!.state.get(1)!.messages.pop();
}, /ann, room 1: has undefined/);

convicts("a state with a message too many", ({ views }) => {
  views[0]!.state.get(1)!.messages.push(message(14, 5));
}, /ann, room 1: has/);

convicts("a state with another head", ({ views }) => {
  views[0]!.state.get(1)!.head = 3;
}, /ann, room 1: has/);

convicts("a room that a removed member still has", ({ views }) => {
  views[0]!.fetched.clear();
}, /ann still has room 1/);

convicts("a room that a member has not heard of", ({ views }) => {
  views[0]!.state.clear();
}, /ann does not know room 1/);
