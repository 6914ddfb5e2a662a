/** What a store keeps of what it has read: nobody is shown it once something in it has changed. */
import assert from "node:assert/strict";
import { parseJsonText } from "../../../lib/protocol/json_text.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

const LINK = "https://site.example/page";
const PICTURE = {
  duration: null,
  type: "image/png",
  size: 9,
  width: 4,
  height: 3,
  blur: null,
  thumbnail: false,
};
const SPACE = { user: null, all: null };

/** The page that each reader is shown, which is what one gets that nobody has asked for before. */
class Pages {
  #asked = 50;
  constructor(private readonly stage: Stage, private readonly readers: readonly User[]) {}

  async read(): Promise<Message[]> {
    const { store } = this.stage;
    const read = (user: User, limit: number) =>
      historyOf(store, { userId: user.id, room: 1, anchor: {}, limit });
    const fresh = await read(this.readers[0]!, ++this.#asked);
    for (const reader of this.readers) assert.deepEqual(await read(reader, 50), fresh);
    return fresh.messages;
  }
}

async function sendFile(stage: Stage, user: User): Promise<number> {
  const { store } = stage;
  const file = { key: "a key", name: "cat.png", size: 9, type: "", alt: "", voice: null };
  const begun = { userId: user.id, ...file, space: SPACE, most: 9, now: stage.now() };
  const { id } = await store.beginUpload(begun);
  await store.finishUpload({ userId: user.id, id, facts: PICTURE, space: SPACE, now: stage.now() });
  const clientId = stage.clientId();
  const message = { userId: user.id, room: 1, clientId, text: "", replyTo: null, files: [id] };
  await store.sendMessage({ ...message, now: stage.now() });
  return id;
}

export function keptReadTests(test: StoreTest): void {
  test("no page is shown that something has changed in since it was read", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { store } = stage;
    const pages = new Pages(stage, [ann, cid]);
    const root = await stage.send(ann, 1, "one");
    const own = await stage.send(ben, 1, "two");
    const linked = await store.sendMessage({
      ...{ userId: ben.id, room: 1, clientId: stage.clientId(), text: LINK, replyTo: null },
      ...{ previews: true, now: stage.now() },
    });
    const preview = { title: "A page", description: "", site: "", picture: null };
    await store.keepPreview({ url: LINK, key: LINK, preview, now: stage.now() });
    const shown = { message: linked.message.id, now: stage.now() };
    const at = () => ({ message: own.id, now: stage.now() });
    const act = () => ({ actorId: ann.id, userId: ben.id, now: stage.now() });
    const fate = { texts: "take", username: "free", displayName: "Former member" } as const;
    let reply: Message | null = null;
    let file = 0;
    const changes: Record<string, () => Promise<unknown>> = {
      "a message": () => stage.send(ben, 1, "three"),
      "an edit": () => stage.edit(ben, own, "two!"),
      "a reaction": () => stage.react(ann, own, "👍"),
      "a reaction less": () => stage.react(ann, own, "👍", false),
      "a reply": async () => reply = await stage.send(ben, 1, "four", { replyTo: root.id }),
      "a reply less": () => stage.delete(ben, reply!),
      "a title": () => store.titleThread({ userId: ann.id, message: root.id, title: "One" }),
      "a preview": () => store.showLinks({ ...shown, urls: [LINK] }),
      "a preview less": () => store.removeLink({ ...shown, userId: ben.id, url: LINK }),
      "a file": async () => file = await sendFile(stage, ben),
      "what is on a file": () =>
        store.describeFile({ userId: ben.id, id: file, alt: "a cat", now: stage.now() }),
      "a deletion": () => stage.delete(ben, own),
      "a deletion taken back": () => store.restoreMessage({ ...at(), userId: ben.id }),
      "a name": () => store.eraseUser({ ...act(), ...fate }),
      "the texts of who was erased": async () => {
        while (await store.eraseMore({ now: stage.now() }));
      },
    };
    let before = await pages.read();
    for (const [what, change] of Object.entries(changes)) {
      await change();
      const after = await pages.read();
      assert.notDeepEqual(after, before, what);
      before = after;
    }
  });

  test("a page that was kept is refused to who may not read the room", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { id: room } = await stage.room("private", "club", ann, ben);
    await stage.send(ann, room, "secret");
    const read = (user: User) =>
      historyOf(stage.store, { userId: user.id, room, anchor: {}, limit: 50 });
    assert.equal((await read(ben)).messages.length, 1);
    await refused("not_found", read(cid));
    await stage.remove(room, ann, ben);
    await refused("not_found", read(ben));
    assert.equal((await read(ann)).messages.length, 1);
  });

  test("a list says of each room and of each person what is so now, to each of its members", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { store } = stage;
    const { id: room } = await stage.room("public", "club", ann, ben);
    const { room: { id: group } } = await store.openDirect({
      ...{ userId: ann.id, users: [ben.id, cid.id], now: stage.now() },
    });
    await stage.send(ann, group, "hello");
    const change = { userId: ann.id, room };
    const picture = { version: "v1", type: "image/webp", data: "AAAA" } as const;
    const said = await stage.send(ann, room, "nobody is named");
    const more = await stage.send(ann, room, "one more");
    const changes: Record<string, () => Promise<unknown>> = {
      "nothing": () => Promise.resolve(),
      "a message": () => stage.send(ann, room, "hello @ben"),
      "a mention by an edit": () => stage.edit(ann, said, "it is for @ben"),
      "a mention less": () => stage.edit(ann, said, "it is for nobody"),
      "a message less": () => stage.delete(ann, more),
      "what was read": () => store.markRead({ userId: ben.id, room, seq: 1, now: stage.now() }),
      "a name": () => store.updateRoom({ ...change, name: 'a "new" <name>' }),
      "a topic": () => store.updateRoom({ ...change, topic: "two\nlines" }),
      "a picture": () => store.setRoomPicture({ ...change, picture }),
      "a wish": () => store.updateMembership({ userId: ben.id, room, notify: "none" }),
      "a favourite": () => store.updateMembership({ userId: ben.id, room, favourite: true }),
      "a newcomer": () => stage.add(room, ann, cid),
      "archived": () => store.updateRoom({ ...change, archived: true }),
      "open again": () => store.updateRoom({ ...change, archived: false }),
      "a group left": () => stage.remove(group, cid, cid),
      "a status": () =>
        store.updateMe({ userId: ann.id, status: { emoji: "👍", text: "here", until: null } }),
      "a display name": () => store.updateMe({ userId: ann.id, displayName: "Ann <3" }),
      "somebody disabled": () =>
        store.updateUser({ actorId: ann.id, userId: cid.id, disabled: true, now: stage.now() }),
    };
    for (const [what, act] of Object.entries(changes)) {
      await act();
      for (const reader of [ann, ben]) {
        const { rooms, ids, heads, users, userIds } = await snapshotOf(store, reader.id);
        assert.deepEqual(rooms.map(({ id }) => id), ids, what);
        assert.deepEqual(rooms.map(({ head }) => head), heads, what);
        assert.deepEqual(users.map(({ id }) => id), userIds, what);
        for (const each of rooms) {
          assert.deepEqual(each, await stage.memberRoom(reader, each.id), what);
        }
        const known = await store.listUsers({ userId: reader.id, ids: userIds, room: undefined });
        assert.deepEqual(users, known.toSorted((a, b) => a.id - b.id), what);
        const list = await listOf(stage, reader);
        assert.deepEqual(list, rooms, what);
      }
    }
  });
}

async function listOf(stage: Stage, { id: userId }: User) {
  return parseJsonText((await stage.store.listRooms({ userId })).rooms);
}
