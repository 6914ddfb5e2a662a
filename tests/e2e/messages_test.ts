/** Messages: acknowledged, once, in order. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import { fetchRoom, newClientId } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("what one writes reaches the other whole, and its author after the ack", async () => {
  const { ann, room, onAnn, onBob } = await house.pair();
  const clientId = newClientId();
  const ack = await onAnn.command({ type: "send", clientId, room, text: "  hello\nthere \t" });
  assert.equal(ack.duplicate, false);
  const { id, seq, rev, ts } = ack.message!;
  assert.deepEqual({ room: ack.message!.room, seq, rev }, { room, seq: 1, rev: 1 });
  assert.ok(Math.abs(ts! - Date.now()) < 60_000);
  const { message } = await onBob.event("message", (event) => event.message.id === id);
  assert.deepEqual(message, {
    id,
    room,
    seq,
    rev,
    userId: ann.id,
    username: ann.username,
    text: "hello\nthere",
    ts: ts!,
    clientId,
    editedAt: null,
    deletedAt: null,
    replyTo: null,
    reactions: {},
    files: [],
    links: [],
    mentions: [],
    thread: null,
    replies: null,
  });
  const own = await onAnn.event("message", (event) => event.message.id === id);
  assert.deepEqual(own.message, message);
  assert.equal(own.rev, rev);
  assert.ok(onAnn.log.indexOf(ack) < onAnn.log.indexOf(own));
  const { messages } = await ann.api.get<{ messages: Message[] }>(`/api/rooms/${room}/messages`);
  assert.deepEqual(messages, [message]);
});

test("the ack of every send comes before its own event, in the order they were sent", async () => {
  const { room, onAnn } = await house.pair();
  const places = await Promise.all(
    Array.from({ length: 300 }, (_, at) => onAnn.send(room, `number ${at}`)),
  );
  await onAnn.event("message", ({ rev }) => rev === 300);
  assert.deepEqual(places.map(({ seq }) => seq), Array.from({ length: 300 }, (_, at) => at + 1));
  const ackedAt = new Map<number, number>();
  onAnn.log.forEach((event, at) => {
    if (event.type === "ack" && event.message) ackedAt.set(event.message.id, at);
    if (event.type !== "message") return;
    const acked = ackedAt.get(event.message.id);
    assert.ok(acked !== undefined && acked < at, `message ${event.rev} came before its ack`);
  });
});

test("the same clientId fifty times over two connections at once is one message", async () => {
  const { ann, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(ann);
  const command = { type: "send", clientId: newClientId(), room, text: "only once" };
  const acks = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? onAnn : second).command(command)),
  );
  const places = new Set(acks.map(({ message }) => JSON.stringify(message)));
  assert.equal(places.size, 1, "the same ack for all");
  assert.equal(acks.filter(({ duplicate }) => duplicate === false).length, 1);
  assert.equal(acks.filter(({ duplicate }) => duplicate === true).length, 49);
  const { messages, head } = await fetchRoom(ann.api, room);
  assert.equal(messages.length, 1);
  assert.equal(head, 1);
  const last = await onAnn.send(room, "the next");
  assert.equal(last.rev, 2);
  await onBob.event("message", ({ rev }) => rev === 2);
  assert.equal(onBob.all("message").length, 2, "and one event for it");
});

test("a message sent again later, over HTTP or WebSocket, is the same one", async () => {
  const { ann, room, onAnn } = await house.pair();
  const clientId = newClientId();
  const path = `/api/rooms/${room}/messages`;
  const first = await ann.api.request<Message>("POST", path, { clientId, text: "once" });
  assert.equal(first.status, 201);
  await onAnn.send(room, "something else");
  const ack = await onAnn.command({ type: "send", clientId, room, text: " once " });
  assert.equal(ack.duplicate, true);
  assert.equal(ack.message!.id, first.body.id);
  const again = await ann.api.request<Message>("POST", path, { clientId, text: "once" });
  assert.equal(again.status, 200);
  assert.deepEqual(again.body, first.body);
  assert.equal((await fetchRoom(ann.api, room)).messages.length, 2);
});

test("a message that was edited or deleted since is still the same one", async () => {
  const { room, onAnn } = await house.pair();
  const command = { type: "send", clientId: newClientId(), room, text: "first words" };
  const { message } = await onAnn.command(command);
  await onAnn.command({ type: "edit", message: message!.id, text: "other words" });
  const edited = await onAnn.command(command);
  assert.equal(edited.duplicate, true);
  assert.equal(edited.message!.id, message!.id);
  await onAnn.command({ type: "delete", message: message!.id });
  const deleted = await onAnn.command(command);
  assert.equal(deleted.duplicate, true);
  assert.equal(deleted.message!.id, message!.id);
});

test("the same clientId with another text or room is a conflict and stores nothing", async () => {
  const { ann, room, onAnn } = await house.pair();
  const other = (await house.room(ann)).id;
  const clientId = newClientId();
  await onAnn.send(room, "the text", clientId);
  const send = { type: "send", clientId };
  await assert.rejects(onAnn.command({ ...send, room, text: "another" }), { code: "conflict" });
  await assert.rejects(onAnn.command({ ...send, room: other, text: "the text" }), {
    code: "conflict",
  });
  const path = `/api/rooms/${room}/messages`;
  assert.equal((await ann.api.refused("POST", path, { clientId, text: "another" })).status, 409);
  assert.equal((await fetchRoom(ann.api, room)).head, 1);
  assert.equal((await fetchRoom(ann.api, other)).head, 0);
});

test("two people may use the same clientId", async () => {
  const { room, onAnn, onBob } = await house.pair();
  const clientId = newClientId();
  const [a, b] = [
    await onAnn.send(room, "mine", clientId),
    await onBob.send(room, "mine", clientId),
  ];
  assert.notEqual(a.id, b.id);
});

test("over HTTP a message may go without a clientId, and then is new each time", async () => {
  const { ann, room } = await house.pair();
  const path = `/api/rooms/${room}/messages`;
  const [a, b] = [
    await ann.api.post<Message>(path, { text: "hello" }),
    await ann.api.post<Message>(path, { text: "hello" }),
  ];
  assert.notEqual(a.id, b.id);
  assert.match(a.clientId, /^[A-Za-z0-9_-]{16,64}$/);
});

test("a text has 1 to 8,000 characters after trimming", async () => {
  const { room, onAnn } = await house.pair();
  const { id } = await onAnn.send(room, ` ${"ж".repeat(8000)} `);
  const { message } = await onAnn.event("message", (event) => event.message.id === id);
  assert.equal(message.text.length, 8000);
  for (const text of ["", " \n\t ", "x".repeat(8001)]) {
    await assert.rejects(onAnn.send(room, text), { code: "invalid" });
    await assert.rejects(onAnn.command({ type: "edit", message: id, text }), { code: "invalid" });
  }
});

test("texts come back as they were written: markup, any script, emoji, control characters", async () => {
  const { ann, room, onAnn } = await house.pair();
  const texts = [
    '<script>alert(1)</script> & <b>"quoted"</b>',
    "'; DROP TABLE messages; --",
    "שלום مرحبا 你好 👩‍👩‍👧‍👦 é",
    "a\u0001b\u202Ec\u2028d",
    '{"type":"message"}',
    "\\u0041 %s ${x}",
  ];
  for (const text of texts) await onAnn.send(room, text);
  const { messages } = await fetchRoom(ann.api, room);
  assert.deepEqual(messages.map(({ text }) => text), texts);
});

test("who is named in formatted text is called, and in code or a link nobody", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const called = async (text: string) => {
    const { id } = await onAnn.send(room, text);
    const { messages } = await fetchRoom(ann.api, room);
    return messages.find((message) => message.id === id)!.mentions;
  };
  assert.deepEqual(await called(`- **@${bob.username}**`), [bob.id]);
  assert.deepEqual(await called(`~~~\n@${bob.username}\n~~~`), []);
  assert.deepEqual(await called(`[@${bob.username}](https://example.org)`), []);
});

test("an answer names the message that it answers, of the same room", async () => {
  const { ann, room, onAnn, onBob } = await house.pair();
  const question = await onAnn.send(room, "why?");
  const send = { type: "send", room, text: "because" };
  const ack = await onBob.command({ ...send, clientId: newClientId(), replyTo: question.id });
  const { message } = await onAnn.event("message", ({ rev }) => rev === ack.message!.rev);
  assert.equal(message.replyTo, question.id);
  const elsewhere = await onAnn.send((await house.room(ann)).id, "elsewhere");
  for (const replyTo of [elsewhere.id, 987_654]) {
    await assert.rejects(onBob.command({ ...send, clientId: newClientId(), replyTo }));
  }
  assert.equal((await fetchRoom(ann.api, room)).head, 3, "itself, and its root");
});

test("files that nobody uploaded cannot be sent", async () => {
  const { ann, room, onAnn } = await house.pair();
  const send = { type: "send", room, text: "see this", clientId: newClientId() };
  await assert.rejects(onAnn.command({ ...send, files: [1] }));
  assert.equal((await fetchRoom(ann.api, room)).head, 0);
});
