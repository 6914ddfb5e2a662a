/** Voice messages that were heard: one's own mark, and in a direct room the author's to know. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import type { Change } from "../../../lib/store/changes.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";

let keys = 0;

async function speak(stage: Stage, user: User, room: number, isVoice = true): Promise<number> {
  const voice = isVoice ? { duration: 3, waveform: [1, 50, 9] } : null;
  const { id } = await stage.store.beginUpload({
    ...{ userId: user.id, key: `voice-${keys++}`, name: "a.webm", size: 9, type: "audio/webm" },
    ...{ alt: "", voice, space: { user: null, all: null }, most: 500, now: stage.now() },
  });
  const facts = { type: "audio/webm", size: 9, width: null, height: null, duration: 3 };
  const rest = { blur: null, thumbnail: false };
  const space = { user: null, all: null };
  const now = stage.now();
  await stage.store.finishUpload({ userId: user.id, id, facts: { ...facts, ...rest }, space, now });
  const sent = await stage.store.sendMessage({
    ...{ userId: user.id, room, clientId: stage.clientId(), text: "", replyTo: null },
    ...{ files: [id], now },
  });
  return sent.message.id;
}

const hear = ({ store }: Stage, user: User, message: number) =>
  store.hearMessage({ userId: user.id, message });
async function changesOf(stage: Stage, work: Promise<void>): Promise<Change[]> {
  const before = stage.commits.length;
  await work;
  return stage.commits.slice(before).flat();
}

const direct = async (stage: Stage, user: User, other: User) =>
  (await stage.store.openDirect({ userId: user.id, users: [other.id], now: stage.now() })).room.id;

const heard = async ({ store }: Stage, user: User, ...messages: number[]) =>
  (await store.listHeard({ userId: user.id, messages })).sort((a, b) => a - b);

export function heardTests(test: StoreTest): void {
  test("heard: a voice message is marked for whoever hears it, once, and for nobody else", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { id: room } = await stage.room("private", "club", ann, ben, cid);
    const [first, second] = [await speak(stage, ann, room), await speak(stage, ann, room)];
    const changes = await changesOf(stage, hear(stage, ben, first));
    assert.deepEqual(changes.filter(({ type }) => type === "heard"), [
      { type: "heard", userId: ben.id, message: first },
    ]);
    assert.deepEqual(await changesOf(stage, hear(stage, ben, first)), [], "once");
    assert.deepEqual(await heard(stage, ben, first, second, 999_999), [first]);
    assert.deepEqual(await heard(stage, cid, first), []);
    assert.deepEqual(await heard(stage, ann, first), [], "in a room, its author does not know");
  });

  test("heard: in a direct room its author may know", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await direct(stage, ann, ben);
    const message = await speak(stage, ann, room);
    assert.deepEqual(await changesOf(stage, hear(stage, ann, message)), [], "one's own");
    assert.deepEqual(await heard(stage, ann, message), []);
    assert.deepEqual(await changesOf(stage, hear(stage, ben, message)), [
      { type: "heard", userId: ben.id, message },
      { type: "heard", userId: ann.id, message },
    ]);
    assert.deepEqual([await heard(stage, ann, message), await heard(stage, ben, message)], [
      [message],
      [message],
    ]);
  });

  test("heard: what is no voice message, deleted or hidden is not marked", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { id: room } = await stage.room("private", "club", ann, ben);
    const sound = await speak(stage, ann, room, false);
    await hear(stage, ben, sound);
    assert.deepEqual(await heard(stage, ben, sound), []);
    const message = await speak(stage, ann, room);
    await refused("not_found", hear(stage, cid, message));
    await hear(stage, ben, message);
    await stage.store.deleteMessage({ userId: ann.id, message, now: stage.now() });
    assert.deepEqual(await heard(stage, ben, message), [], "its marks go with it");
    await refused("forbidden", hear(stage, ben, message));
  });
}
