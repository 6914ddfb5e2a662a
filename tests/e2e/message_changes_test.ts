/** Messages edited, deleted, reacted to: each change has its number in the room. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import { type ChatSocket, fetchRoom } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("an edit keeps the place, raises the revision by one and tells everybody", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const first = await onAnn.send(room, "first");
  await onAnn.send(room, "second");
  const ack = await onAnn.command({ type: "edit", message: first.id, text: "first, mended" });
  assert.deepEqual(ack.message, { id: first.id, room, seq: 1, rev: 3 });
  const event = await onBob.event("message", ({ rev }) => rev === 3);
  assert.equal(event.message.text, "first, mended");
  assert.equal(event.message.seq, 1);
  assert.ok(event.message.editedAt! >= event.message.ts);
  const over = await ann.api.patch<Message>(`/api/messages/${first.id}`, { text: "again" });
  assert.equal(over.rev, 4);
  assert.equal(over.text, "again");
  const { messages, head } = await fetchRoom(bob.api, room);
  assert.deepEqual(messages.map(({ seq, rev }) => [seq, rev]), [[1, 4], [2, 2]]);
  assert.equal(head, 4);
});

test("only its author edits a message; its author and the room's owner delete it", async () => {
  const { room, ann, bob, onAnn, onBob } = await house.pair();
  const byAnn = await onAnn.send(room, "by ann");
  const byBob = await onBob.send(room, "by bob");
  const refusedEdit = { code: "forbidden" };
  await assert.rejects(onAnn.command({ type: "edit", message: byBob.id, text: "x" }), refusedEdit);
  await assert.rejects(onBob.command({ type: "delete", message: byAnn.id }), refusedEdit);
  assert.equal((await bob.api.refused("DELETE", `/api/messages/${byAnn.id}`)).status, 403);
  assert.equal(
    (await ann.api.refused("PATCH", `/api/messages/${byBob.id}`, { text: "x" })).status,
    403,
  );
  assert.equal((await fetchRoom(ann.api, room)).head, 2, "nothing was changed");
  await ann.api.delete(`/api/messages/${byBob.id}`);
});

test("a deleted message keeps its place and nothing else", async () => {
  const { ann, room, onAnn, onBob } = await house.pair();
  const { id } = await onAnn.send(room, "a secret");
  await onBob.command({ type: "react", message: id, emoji: "👍", on: true });
  const ack = await onAnn.command({ type: "delete", message: id });
  assert.deepEqual(ack.message, { id, room, seq: 1, rev: 3 });
  const { message } = await onBob.event("message", ({ rev }) => rev === 3);
  assert.equal(message.text, "");
  assert.deepEqual(message.reactions, {});
  assert.deepEqual(message.files, []);
  assert.deepEqual(message.mentions, []);
  assert.ok(message.deletedAt! > 0);
  assert.deepEqual((await fetchRoom(ann.api, room)).messages, [message]);
  // Again, it is deleted already: nothing changes.
  await ann.api.delete(`/api/messages/${id}`);
  assert.equal((await fetchRoom(ann.api, room)).head, 3);
  for (
    const command of [{ type: "edit", message: id, text: "back" }, {
      type: "react",
      message: id,
      emoji: "👍",
      on: true,
    }]
  ) {
    await assert.rejects(onAnn.command(command));
  }
  assert.equal((await fetchRoom(ann.api, room)).head, 3);
});

test("reactions are a set: each person once for each emoji", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const { id } = await onAnn.send(room, "react to this");
  const react = (emoji: string, on: boolean) => ({ type: "react", message: id, emoji, on });
  const first = await onBob.command(react("👍", true));
  assert.equal(first.message!.rev, 2);
  const again = await onBob.command(react("👍", true));
  assert.equal(again.message!.rev, 2, "nothing changed");
  await onAnn.command(react("👍", true));
  const path = `/api/messages/${id}/reactions/${encodeURIComponent("❤️")}`;
  await ann.api.put(path);
  const { message } = await onBob.event("message", ({ rev }) => rev === 4);
  assert.deepEqual(message.reactions, { "👍": [bob.id, ann.id], "❤️": [ann.id] });
  await ann.api.delete(path);
  await onBob.command(react("👍", false));
  const last = await onBob.event("message", ({ rev }) => rev === 6);
  assert.deepEqual(last.message.reactions, { "👍": [ann.id] });
  assert.equal(last.message.editedAt, null, "a reaction is no edit");
  await onBob.command(react("👍", false));
  assert.equal((await fetchRoom(ann.api, room)).head, 6);
});

test("one emoji is one reaction, with or without its variation selector, on every way in", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const { id } = await onAnn.send(room, "love it");
  const path = (emoji: string) => `/api/messages/${id}/reactions/${encodeURIComponent(emoji)}`;
  await ann.api.put(path("❤"));
  await onBob.command({ type: "react", message: id, emoji: "❤️", on: true });
  const { message } = await onBob.event("message", ({ rev }) => rev === 3);
  assert.deepEqual(message.reactions, { "❤️": [ann.id, bob.id] });
  await onBob.command({ type: "react", message: id, emoji: "❤", on: false });
  await ann.api.delete(path("❤️"));
  const { messages, head } = await fetchRoom(ann.api, room);
  assert.deepEqual(messages[0]!.reactions, {});
  assert.equal(head, 5);
});

test("a message holds 16 different reactions, each one emoji", async () => {
  const { ann, room, onAnn } = await house.pair();
  const { id } = await onAnn.send(room, "many");
  const react = (emoji: unknown) => onAnn.command({ type: "react", message: id, emoji, on: true });
  const emojis = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏"];
  for (const emoji of emojis) await react(emoji);
  await assert.rejects(react("👍"));
  await react(emojis[0]);
  const bad = ["", "x", "ok", "👍👍", "<b>", "__proto__", "👍".repeat(40), 7, null];
  for (const emoji of bad) {
    await assert.rejects(react(emoji), { code: "invalid" }, JSON.stringify(emoji));
  }
  const { messages, head } = await fetchRoom(ann.api, room);
  assert.deepEqual(Object.keys(messages[0]!.reactions), emojis);
  assert.equal(head, 17);
});

test("changes by many at once number a room without holes or repeats, alike for everybody", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const { id } = await onAnn.send(room, "start");
  const work = Array.from({ length: 60 }, (_, at) => [
    onAnn.send(room, `ann ${at}`),
    onBob.send(room, `bob ${at}`),
    onAnn.command({ type: "edit", message: id, text: `start ${at}` }),
    bob.api.request("PUT", `/api/messages/${id}/reactions/👍`),
    bob.api.request("DELETE", `/api/messages/${id}/reactions/👍`),
  ]).flat();
  await Promise.all(work);
  const { head } = await fetchRoom(ann.api, room);
  const revs = async (socket: ChatSocket) => {
    await socket.event("message", ({ rev }) => rev === head);
    return socket.all("message").map(({ rev }) => rev);
  };
  const expected = Array.from({ length: head }, (_, at) => at + 1);
  assert.deepEqual(await revs(onAnn), expected);
  assert.deepEqual(await revs(onBob), expected);
  for (const { rev, message } of onAnn.all("message")) assert.equal(message.rev, rev);
});
