/** Files: whose they are, which message holds them, who reads them, and when they are gone. */
import assert from "node:assert/strict";
import type { File, FileKind } from "../../../lib/protocol/files.ts";
import { PREVIEWED } from "../../../lib/protocol/limits.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { FileFacts, FileSpace } from "../../../lib/store/contract/files.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

const NO_LIMIT: FileSpace = { user: null, all: null };
const PICTURE: FileFacts = {
  type: "image/png",
  size: 100,
  width: 40,
  height: 30,
  duration: null,
  blur: "data:image/webp;base64,AA",
  thumbnail: true,
};
const PLAIN: FileFacts = {
  ...PICTURE,
  type: "text/plain",
  width: null,
  height: null,
  blur: null,
  thumbnail: false,
};

interface Wish {
  name?: string;
  size?: number;
  ahead?: number;
  space?: FileSpace;
  most?: number;
  voice?: { duration: number; waveform: number[] } | null;
  now?: number;
}

const MINUTE = 60_000;

let keys = 0;

const begin = async (stage: Stage, user: User, wish: Wish = {}): Promise<number> =>
  (await beginWith(stage, user, wish)).id;

function beginWith(stage: Stage, user: User, wish: Wish) {
  const { name = "cat.png", size = 100, ahead = 0, space = NO_LIMIT, most = 500 } = wish;
  const key = `key-${keys++}`;
  const begun = { userId: user.id, key, name, size, ahead, type: "", alt: "" };
  const { voice = null, now = stage.now() } = wish;
  return stage.store.beginUpload({ ...begun, voice, space, most, now });
}

function grow(stage: Stage, user: User, id: number, size: number, ahead: number, space = NO_LIMIT) {
  return stage.store.growUpload({ userId: user.id, id, size, ahead, space, now: stage.now() });
}

function finish(stage: Stage, user: User, id: number, facts = PICTURE, space = NO_LIMIT) {
  return stage.store.finishUpload({ userId: user.id, id, facts, space, now: stage.now() });
}

const upload = async (stage: Stage, user: User, facts = PICTURE, wish: Wish = {}) =>
  await finish(stage, user, await begin(stage, user, wish), facts);

async function sendFiles(
  stage: Stage,
  user: User,
  room: number,
  files: readonly Pick<File, "id">[],
  text = "",
  more: { clientId?: string; replyTo?: number | null } = {},
): Promise<Message> {
  const { clientId = stage.clientId(), replyTo = null } = more;
  const ids = files.map(({ id }) => id);
  const input = { userId: user.id, room, clientId, text, replyTo, files: ids, now: stage.now() };
  return (await stage.store.sendMessage(input)).message;
}

const find = ({ store }: Stage, user: User, { id }: Pick<File, "id">) =>
  store.findFile({ userId: user.id, id, previewed: PREVIEWED });

const gone = async ({ store }: Stage) => (await store.goneFiles()).map(({ id }) => id);

const listed = async ({ store }: Stage, user: User, room: number, kind: FileKind | null = null) =>
  (await store.listFiles({ userId: user.id, room, kind, before: null, limit: 50 })).files
    .map(({ file }) => file.id);

export function fileTests(test: StoreTest): void {
  test("files: bytes that a row names are told from those that none names", async (stage) => {
    const { ann } = await stage.people("ann");
    const [half, whole] = [keys, keys + 1].map((number) => `key-${number}`);
    const id = await begin(stage, ann);
    await upload(stage, ann);
    const named = async (...asked: string[]) => {
      const found = await stage.store.namedBlobs({ blobs: asked, uploads: asked });
      return { blobs: found.blobs.sort(), uploads: found.uploads };
    };
    const others = Array.from({ length: 40 }, (_, number) => `other-${number}`);
    assert.deepEqual(await named(...others, half!, whole!), {
      blobs: [half, whole],
      uploads: [half],
    });
    await stage.store.deleteFile({ userId: ann.id, id });
    assert.deepEqual(await named(half!), { blobs: [half], uploads: [] }, "its bytes go first");
    await stage.store.forgetFiles({ ids: [id] });
    assert.deepEqual(await named(half!), { blobs: [], uploads: [] });
    assert.deepEqual(await named(), { blobs: [], uploads: [] });
  });

  test("a file is its uploader's until it is sent, and its message's afterwards", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ann, ben);
    const id = await begin(stage, ann, { name: "le chat.png" });
    const found = await stage.store.findUpload({ userId: ann.id, id, now: stage.now() });
    assert.deepEqual([found.id, found.size, found.file], [id, 100, null]);
    await refused("not_found", stage.store.findUpload({ userId: ben.id, id, now: stage.now() }));
    await refused("not_found", find(stage, ann, { id }));
    const file = await finish(stage, ann, id);
    assert.deepEqual(file, {
      id,
      name: "le chat.png",
      type: "image/png",
      size: 100,
      width: 40,
      height: 30,
      duration: null,
      url: `/files/${id}/le%20chat.png`,
      thumbnail: `/files/${id}/thumbnail`,
      alt: "",
      blur: PICTURE.blur,
    });
    assert.deepEqual(await finish(stage, ann, id), file, "once more, as after a lost answer");
    assert.deepEqual((await find(stage, ann, file)).file, file);
    await refused("not_found", find(stage, ben, file));
    stage.takeChanges();
    const message = await sendFiles(stage, ann, room.id, [file]);
    assert.deepEqual([message.text, message.files], ["", [file]]);
    const [change] = stage.takeChanges();
    assert.ok(change?.type === "message" && change.rev === message.seq);
    assert.deepEqual(change.message, message);
    assert.deepEqual((await find(stage, ben, file)).file, file);
    await refused("not_found", find(stage, cid, file));
    await refused("not_found", stage.store.deleteFile({ userId: ann.id, id }));
    await refused("not_found", stage.store.findUpload({ userId: ann.id, id, now: stage.now() }));
    await stage.remove(room.id, ann, ben);
    await refused("not_found", find(stage, ben, file));
  });

  test("a message takes only complete files of its author's that nothing holds", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [mine, other, his] = [
      await upload(stage, ann),
      await upload(stage, ann),
      await upload(stage, ben),
    ];
    const half = await begin(stage, ann);
    const { head } = await stage.memberRoom(ann, 1);
    for (const files of [[mine, his], [{ id: half }], [{ id: 999_999 }], [mine, mine]]) {
      const error = await refused("invalid", sendFiles(stage, ann, 1, files, "x"));
      assert.deepEqual(error.errors?.map(({ path }) => path), ["files"]);
    }
    assert.equal((await stage.memberRoom(ann, 1)).head, head);
    await sendFiles(stage, ann, 1, [other, mine]);
    await refused("invalid", sendFiles(stage, ann, 1, [mine], "twice"));
    assert.equal((await stage.memberRoom(ann, 1)).head, head + 1);
  });

  test("two messages at once cannot both have one file", async (stage) => {
    const { ann } = await stage.people("ann");
    const file = await upload(stage, ann);
    const tries = await Promise.allSettled([1, 2, 3].map(() => sendFiles(stage, ann, 1, [file])));
    assert.deepEqual(tries.map(({ status }) => status).sort(), [
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });

  test("the same send again is the same message; with other files it is a conflict", async (stage) => {
    const { ann } = await stage.people("ann");
    const [one, two, three] = [
      await upload(stage, ann),
      await upload(stage, ann),
      await upload(stage, ann),
    ];
    const clientId = stage.clientId();
    const message = await sendFiles(stage, ann, 1, [one, two], "", { clientId });
    assert.deepEqual(await sendFiles(stage, ann, 1, [one, two], "", { clientId }), message);
    for (const files of [[], [one], [two, one], [three]]) {
      await refused("conflict", sendFiles(stage, ann, 1, files, "", { clientId }));
    }
    const deleted = await stage.delete(ann, message);
    assert.deepEqual(deleted.files, []);
    assert.equal((await sendFiles(stage, ann, 1, [one, two], "", { clientId })).rev, deleted.rev);
    await refused("conflict", sendFiles(stage, ann, 1, [], "", { clientId }));
    const plain = await stage.send(ann, 1, "plain", { clientId: "plain-0000000000" });
    const again = { clientId: plain.clientId };
    await refused("conflict", sendFiles(stage, ann, 1, [three], "plain", again));
  });

  test("files come in a thread too, and with the messages of a page", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "root");
    const files = [await upload(stage, ben), await upload(stage, ben, PLAIN)];
    const reply = await sendFiles(stage, ben, 1, files, "two", { replyTo: root.id });
    assert.deepEqual([reply.thread, reply.files], [root.id, files]);
    const { messages } = await historyOf(stage.store, {
      userId: ann.id,
      room: 1,
      anchor: {},
      limit: 5,
    });
    assert.deepEqual(messages.at(-1)?.files, files);
    assert.deepEqual((await find(stage, ann, files[1]!)).file, files[1]);
  });

  test("a deleted message's files are nobody's; taken back they are there, and later gone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const file = await upload(stage, ann);
    const message = await sendFiles(stage, ann, 1, [file], "look");
    await stage.delete(ann, message);
    await refused("not_found", find(stage, ann, file));
    await refused("not_found", find(stage, ben, file));
    assert.deepEqual(await listed(stage, ben, 1), []);
    assert.deepEqual(await gone(stage), [], "it could come back");
    const back = { userId: ann.id, message: message.id, now: stage.now() };
    assert.deepEqual((await stage.store.restoreMessage(back)).files, [file]);
    assert.deepEqual((await find(stage, ben, file)).file, file);
    await stage.delete(ann, message);
    await stage.store.purgeDeleted({ before: stage.now() });
    assert.deepEqual(await gone(stage), [file.id]);
    await refused("not_found", find(stage, ann, file));
    await stage.store.forgetFiles({ ids: [file.id] });
    assert.deepEqual(await gone(stage), []);
  });

  test("who looks at a public room sees the files of its last messages, and no others", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("public", "harbour", ann);
    const [first, last] = [await upload(stage, ann), await upload(stage, ann)];
    await sendFiles(stage, ann, room.id, [first]);
    assert.ok(await find(stage, ben, first));
    for (let more = 0; more < PREVIEWED - 1; more++) await stage.send(ann, room.id, "x");
    const root = await sendFiles(stage, ann, room.id, [last]);
    await refused("not_found", find(stage, ben, first));
    assert.ok(await find(stage, ben, last));
    await stage.store.updateUser({ actorId: ann.id, userId: cid.id, role: "guest", now: 1 });
    await refused("not_found", find(stage, cid, last));
    const aside = await upload(stage, ann);
    const input = { userId: ann.id, room: room.id, clientId: stage.clientId(), text: "" };
    const reply = { ...input, replyTo: root.id, threadOnly: true, files: [aside.id] };
    await stage.store.sendMessage({ ...reply, now: stage.now() });
    await refused("not_found", find(stage, ben, aside));
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, disabled: true, now: 1 });
    await refused("forbidden", find(stage, ben, last));
  });

  test("a scheduled message holds its files, sends them, and gives them up when called off", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await upload(stage, ann), await upload(stage, ann)];
    const plan = (files: File[], clientId = stage.clientId()) =>
      stage.store.scheduleMessage({
        userId: ann.id,
        room: 1,
        clientId,
        text: "",
        replyTo: null,
        files: files.map(({ id }) => id),
        at: stage.now() + HOUR,
        now: stage.now(),
      });
    const { scheduled } = await plan([one]);
    assert.deepEqual(scheduled.files, [one]);
    assert.deepEqual(await stage.store.listScheduled({ userId: ann.id }), [scheduled]);
    await refused("conflict", plan([two], scheduled.clientId));
    await refused("invalid", plan([one]));
    await refused("invalid", sendFiles(stage, ann, 1, [one]));
    await refused("not_found", stage.store.deleteFile({ userId: ann.id, id: one.id }));
    await refused("not_found", find(stage, ben, one));
    assert.deepEqual((await find(stage, ann, one)).file, one);
    const now = { most: 8_000, now: stage.now() };
    const sent = await stage.store.sendScheduled({ userId: ann.id, id: scheduled.id, ...now });
    assert.deepEqual(sent?.files, [one]);
    assert.ok(await find(stage, ben, one));

    const other = (await plan([two])).scheduled;
    const words = { userId: ann.id, id: other.id, now: stage.now() };
    assert.equal((await stage.store.changeScheduled({ ...words, text: "" })).text, "");
    await stage.store.cancelScheduled({ userId: ann.id, id: other.id });
    assert.deepEqual(await gone(stage), [two.id]);
    const bare = { userId: ann.id, room: 1, replyTo: null, at: stage.now() + HOUR };
    const said = { ...bare, clientId: stage.clientId(), text: "words", now: stage.now() };
    const { id } = (await stage.store.scheduleMessage(said)).scheduled;
    const empty = { userId: ann.id, id, text: "", now: stage.now() };
    await refused("invalid", stage.store.changeScheduled(empty));
  });

  test("the files of a planned message that is taken back can be sent with another, in any order, once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await upload(stage, ann), await upload(stage, ann)];
    const plan = {
      userId: ann.id,
      room: 1,
      clientId: stage.clientId(),
      text: "look",
      replyTo: null,
      files: [one.id, two.id],
      at: stage.now() + HOUR,
      now: stage.now(),
    };
    const { scheduled: { id } } = await stage.store.scheduleMessage(plan);
    const looseSince = stage.now() + 5 * HOUR;
    await refused("not_found", stage.store.cancelScheduled({ userId: ben.id, id, looseSince }));
    await refused("invalid", sendFiles(stage, ann, 1, [one]));
    await stage.store.cancelScheduled({ userId: ann.id, id, looseSince });
    await refused("not_found", stage.store.cancelScheduled({ userId: ann.id, id, looseSince }));
    assert.deepEqual(await stage.store.listScheduled({ userId: ann.id }), []);
    // They wait anew: whoever planned it days ago has time to send them.
    assert.equal(await stage.store.giveUpFiles({ unfinished: 0, unbound: looseSince - 1 }), 0);
    await refused("not_found", find(stage, ben, one));
    await refused("invalid", sendFiles(stage, ben, 1, [one]));
    const sent = await sendFiles(stage, ann, 1, [two, one], "look");
    assert.deepEqual(sent.files, [two, one]);
    await refused("invalid", sendFiles(stage, ann, 1, [one]));
    assert.deepEqual(await gone(stage), []);
  });

  test("a message with files may say nothing besides, also after an edit", async (stage) => {
    const { ann } = await stage.people("ann");
    const message = await sendFiles(stage, ann, 1, [await upload(stage, ann)], "look");
    const edited = await stage.edit(ann, message, "");
    assert.deepEqual([edited.text, edited.files, edited.rev], ["", message.files, message.rev + 1]);
    const plain = await stage.send(ann, 1, "words");
    const error = await refused("invalid", stage.edit(ann, plain, ""));
    assert.deepEqual(error.errors?.map(({ path, reason }) => [path, reason]), [
      ["text", "too_short"],
    ]);
  });

  test("what is to be seen on a file is said before and after it is sent, by its author", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { id } = await upload(stage, ann);
    const say = (user: User, alt: string) =>
      stage.store.describeFile({ userId: user.id, id, alt, now: stage.now() });
    await refused("not_found", say(ben, "mine?"));
    assert.equal((await say(ann, "a cat")).alt, "a cat");
    const message = await sendFiles(stage, ann, 1, [{ id }]);
    assert.equal(message.files[0]?.alt, "a cat");
    stage.takeChanges();
    await refused("forbidden", say(ben, "a dog"));
    const file = await say(ann, "a grey cat");
    const [change, more] = stage.takeChanges();
    assert.ok(change?.type === "message" && more === undefined);
    assert.deepEqual([change.rev, change.message.files], [message.rev + 1, [file]]);
    assert.deepEqual(await say(ann, "a grey cat"), file);
    assert.deepEqual(stage.takeChanges(), []);
    const { clientId } = message;
    assert.equal((await sendFiles(stage, ann, 1, [{ id }], "", { clientId })).id, message.id);
    await stage.delete(ann, message);
    await refused("not_found", say(ann, "gone"));
  });

  test("space is reserved when an upload begins, and free again when a file is gone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const space = { user: 250, all: 320 };
    const one = await begin(stage, ann, { space });
    const two = await begin(stage, ann, { space });
    const mine = await refused("too_large", begin(stage, ann, { space }));
    assert.deepEqual(mine.room, { limit: 250, scope: "user" });
    const all = await refused("too_large", begin(stage, ben, { size: 121, space }));
    assert.deepEqual(all.room, { limit: 320, scope: "all" });
    await begin(stage, ben, { size: 120, space });
    await stage.store.deleteFile({ userId: ann.id, id: one });
    await begin(stage, ann, { space });
    const grown = { ...PLAIN, size: 151 };
    await refused("too_large", finish(stage, ann, two, grown, space));
    assert.equal((await finish(stage, ann, two, { ...PLAIN, size: 40 }, space)).size, 40);
    const unsaid = await begin(stage, ann, { size: 0, space });
    await refused("too_large", finish(stage, ann, unsaid, { ...PLAIN, size: 111 }, space));
    assert.equal((await finish(stage, ann, unsaid, { ...PLAIN, size: 60 }, space)).size, 60);
  });

  test("what comes unannounced gets room in steps, and no more than there is", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const space = { user: 250, all: 320 };
    const one = await beginWith(stage, ann, { size: 0, ahead: 100, space });
    assert.equal(one.size, 100);
    const grown = await grow(stage, ann, one.id, 110, 90, space);
    assert.deepEqual(grown, { size: 200, madeWay: false });
    const { size } = await stage.store.findUpload({ userId: ann.id, id: one.id, now: stage.now() });
    assert.equal(size, 200);
    // A step that does not fit is cut, also for who begins; one byte too many is refused.
    const two = await beginWith(stage, ann, { size: 20, ahead: 100, space });
    assert.equal(two.size, 50);
    assert.equal((await beginWith(stage, ann, { size: 0, ahead: 100, space })).size, 0);
    const mine = await refused("too_large", grow(stage, ann, one.id, 201, 100, space));
    assert.deepEqual(mine.room, { limit: 250, scope: "user" });
    assert.equal((await beginWith(stage, ben, { size: 0, ahead: 100, space })).size, 70);
    const roomy = { user: 400, all: 320 };
    const all = await refused("too_large", grow(stage, ann, one.id, 201, 100, roomy));
    assert.deepEqual(all.room, { limit: 320, scope: "all" });
    // What was reserved and did not come is free again.
    await finish(stage, ann, two.id, { ...PLAIN, size: 30 }, space);
    assert.equal((await grow(stage, ann, one.id, 201, 100, space)).size, 220);
    await stage.store.deleteFile({ userId: ann.id, id: one.id });
    assert.equal((await beginWith(stage, ann, { size: 220, space })).size, 220);
  });

  test("many that come unannounced at once get no more than there is, and it all comes back", async (stage) => {
    const people = Object.values(await stage.people("ann", "ben", "cid"));
    const space = { user: 500, all: 1_000 };
    const begun = await Promise.all(
      people.flatMap((user) =>
        [1, 2, 3].map(async () => ({
          user,
          id: (await beginWith(stage, user, { size: 0, ahead: 10, space })).id,
        }))
      ),
    );
    const tries = await Promise.allSettled(
      begun.flatMap(({ user, id }) =>
        [90, 170].map((size) => grow(stage, user, id, size, 80, space))
      ),
    );
    assert.ok(tries.some(({ status }) => status === "rejected"));
    const now = stage.now();
    const sizes = await Promise.all(
      begun.map(({ user, id }) => stage.store.findUpload({ userId: user.id, id, now })),
    );
    const sum = sizes.reduce((sum, { size }) => sum + size, 0);
    assert.ok(sum <= 1_000, `${sum}`);
    assert.equal(await stage.store.giveUpFiles({ unfinished: stage.now(), unbound: 0 }), 9);
    assert.equal((await beginWith(stage, people[0]!, { size: 500, space })).size, 500);
    assert.equal((await beginWith(stage, people[1]!, { size: 500, space })).size, 500);
  });

  test("room for more is its uploader's alone, and only while bytes come", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const id = await begin(stage, ann);
    await refused("not_found", grow(stage, ben, id, 200, 0));
    await finish(stage, ann, id);
    await refused("not_found", grow(stage, ann, id, 200, 0));
    await stage.store.deleteFile({ userId: ann.id, id });
    await refused("not_found", grow(stage, ann, id, 200, 0));
    const open = await begin(stage, ann);
    const change = { actorId: ann.id, userId: ben.id, now: stage.now() };
    await stage.store.updateUser({ ...change, role: "admin" });
    await refused("not_found", grow(stage, ben, open, 200, 0));
    const his = await begin(stage, ben);
    await stage.store.updateUser({ ...change, disabled: true });
    await refused("forbidden", grow(stage, ben, his, 200, 0));
  });

  test("files that nobody sends are counted, and make way when nobody has touched them", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (const _ of [1, 2, 3]) await begin(stage, ann, { most: 3 });
    await refused("rate_limited", begin(stage, ann, { most: 3 }));
    await begin(stage, ben, { most: 3 });
    const later = { userId: ann.id, key: "later", name: "a", size: 1, type: "", alt: "" };
    const now = stage.now() + HOUR + 10;
    await stage.store.beginUpload({ ...later, voice: null, space: NO_LIMIT, most: 3, now });
    assert.equal((await gone(stage)).length, 3);
  });

  test("an upload of which parts come does not make way", async (stage) => {
    const { ann } = await stage.people("ann");
    const ids = [await begin(stage, ann, { most: 2 }), await begin(stage, ann, { most: 2 })];
    const later = { userId: ann.id, key: "later", name: "a", size: 1, type: "", alt: "" };
    const beginLater = (now: number) =>
      stage.store.beginUpload({ ...later, voice: null, space: NO_LIMIT, most: 2, now });
    const begun = stage.now();
    // A second later and half an hour later: only what is long ago is written down.
    for (const at of [begun + 1_000, begun + HOUR / 2]) {
      for (const id of ids) await stage.store.findUpload({ userId: ann.id, id, now: at });
    }
    await refused("rate_limited", beginLater(begun + HOUR + 10_000));
    await beginLater(begun + 1.5 * HOUR + 10_000);
    assert.equal((await gone(stage)).length, 2);
  });

  test("where there is no room, uploads that stand still make way, and no more than are needed", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const space = { user: null, all: 300 };
    const begun = stage.now();
    const ids = [];
    for (const later of [0, 1, 2]) {
      ids.push(await begin(stage, ben, { space, now: begun + later }));
    }
    const tries = (now: number, size = 100) => beginWith(stage, ann, { size, space, now });
    const refusal = await refused("too_large", tries(begun + 9 * MINUTE));
    assert.deepEqual(refusal.room, { limit: 300, scope: "all" });
    // Bytes came of the first half an hour ago, and just now of the second.
    const [first, second, third] = ids as [number, number, number];
    const now = begun + HOUR;
    await stage.store.findUpload({ userId: ben.id, id: first, now: now - 30 * MINUTE });
    await stage.store.findUpload({ userId: ben.id, id: second, now: now - 9 * MINUTE });
    await refused("too_large", tries(now, 201));
    assert.deepEqual(await gone(stage), [], "who is refused all the same pushes nobody away");
    assert.equal((await tries(now)).madeWay, true);
    assert.deepEqual(await gone(stage), [third]);
    assert.equal((await tries(now)).madeWay, true);
    assert.deepEqual((await gone(stage)).toSorted(), [first, third].toSorted());
    await refused("too_large", tries(now, 1));
    const find = (id: number) => stage.store.findUpload({ userId: ben.id, id, now });
    await refused("not_found", find(third));
    assert.equal((await find(second)).id, second);
    // What they had is counted once: all of it is ann's now.
    await stage.store.deleteFile({ userId: ben.id, id: second });
    assert.equal((await tries(now)).madeWay, false);
    await refused("too_large", tries(now, 1));
  });

  test("one's own uploads make way for one's own limit, nobody else's do, and no file that is there", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const space = { user: 250, all: null };
    const now = stage.now() + 11 * MINUTE;
    const there = await upload(stage, ann);
    const still = await begin(stage, ann, { space });
    const his = await begin(stage, ben, { space });
    await refused("too_large", beginWith(stage, ann, { size: 151, space, now }));
    const { id, size, madeWay } = await beginWith(stage, ann, { size: 150, space, now });
    assert.deepEqual([size, madeWay, await gone(stage)], [150, true, [still]]);
    assert.ok(await find(stage, ann, there));
    // What grows pushes neither itself away nor what stands still where that is not enough.
    const later = now + HOUR;
    const grown = { userId: ann.id, id, space, now: later };
    await refused("too_large", stage.store.growUpload({ ...grown, size: 151, ahead: 0 }));
    const other = { ...grown, space: { user: null, all: 360 }, size: 200, ahead: 100 };
    assert.deepEqual(await stage.store.growUpload(other), { size: 260, madeWay: true });
    assert.deepEqual((await gone(stage)).toSorted(), [still, his].toSorted());
  });

  test("unfinished and unsent files are given up after their time, and no others", async (stage) => {
    const { ann } = await stage.people("ann");
    const half = await begin(stage, ann);
    const loose = await upload(stage, ann);
    const sent = await upload(stage, ann);
    await sendFiles(stage, ann, 1, [sent]);
    const [before, after] = [0, stage.now()];
    assert.equal(await stage.store.giveUpFiles({ unfinished: before, unbound: before }), 0);
    assert.equal(await stage.store.giveUpFiles({ unfinished: after, unbound: before }), 1);
    assert.deepEqual(await gone(stage), [half]);
    assert.equal(await stage.store.giveUpFiles({ unfinished: after, unbound: after }), 1);
    assert.deepEqual((await gone(stage)).sort(), [half, loose.id].sort());
    await stage.store.forgetFiles({ ids: [half, loose.id, sent.id] });
    assert.ok(await find(stage, ann, sent), "what is not gone is not forgotten");
    await refused("not_found", finish(stage, ann, half));
  });

  test("what was announced as a voice message and is no sound has no duration", async (stage) => {
    const { ann } = await stage.people("ann");
    const voice = { duration: 2.04, waveform: [0, 50, 100] };
    const picture = await upload(stage, ann, { ...PLAIN, type: "image/jpeg" }, { voice });
    assert.deepEqual([picture.voice, picture.duration], [undefined, null]);
    const sound = await upload(stage, ann, { ...PLAIN, type: "audio/webm" }, { voice });
    assert.deepEqual([sound.voice, sound.duration], [{ waveform: voice.waveform }, 2]);
  });

  test("a room lists its files by kind, the last message first, in a message the first file", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const voice = { duration: 2.04, waveform: [0, 50, 100] };
    const sound = { ...PLAIN, type: "audio/webm", duration: 2.11 };
    const [one, two, three, four, five] = [
      await upload(stage, ann),
      await upload(stage, ann, PLAIN),
      await upload(stage, ann, { ...PLAIN, type: "video/mp4", duration: 65.24 }),
      await upload(stage, ann, sound, { voice }),
      await upload(stage, ann, { ...PLAIN, type: "image/svg+xml" }),
    ];
    assert.deepEqual([four.voice, four.duration, three.duration], [
      { waveform: voice.waveform },
      2.1,
      65.2,
    ]);
    await sendFiles(stage, ann, 1, [four, one]);
    const last = await sendFiles(stage, ann, 1, [three, two, five]);
    const ids = [three, two, five, four, one].map(({ id }) => id);
    assert.deepEqual(await listed(stage, ben, 1), ids);
    assert.deepEqual(await listed(stage, ben, 1, "picture"), [one.id]);
    assert.deepEqual(await listed(stage, ben, 1, "media"), [three.id]);
    assert.deepEqual(await listed(stage, ben, 1, "file"), [two.id, five.id]);
    assert.deepEqual(await listed(stage, ben, 1, "voice"), [four.id]);
    const page = (before: number | null) =>
      stage.store.listFiles({ userId: ben.id, room: 1, kind: null, before, limit: 2 });
    const first = await page(null);
    assert.deepEqual(
      first.files.map(({ message, seq, userId }) => [message, seq, userId]),
      [[last.id, last.seq, ann.id], [last.id, last.seq, ann.id]],
    );
    const second = await page(first.next);
    const third = await page(second.next);
    const all = [first, second, third].flatMap(({ files }) => files.map(({ file }) => file.id));
    assert.deepEqual([all, third.next], [ids, null]);
  });

  test("a room lists the addresses that its messages name, but for code", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ann, ben);
    await stage.send(ann, room.id, "see https://one.example/a and https://two.example");
    await stage.send(ann, room.id, "no address: ://");
    await stage.send(
      ann,
      room.id,
      "`https://code.example` **https://bold.example** [x](https://named.example/)",
    );
    const gone = await stage.send(ann, room.id, "https://gone.example");
    await stage.delete(ann, gone);
    const list = (user: User, before: number | null = null, limit = 50) =>
      stage.store.listLinks({ userId: user.id, room: room.id, before, limit });
    const { links, next } = await list(ben);
    assert.deepEqual([links.map(({ url }) => url), next], [
      [
        "https://bold.example",
        "https://named.example/",
        "https://one.example/a",
        "https://two.example",
      ],
      null,
    ]);
    const first = await list(ben, null, 1);
    assert.deepEqual([first.links.length, first.next], [2, links[0]!.seq]);
    await refused("not_found", list(cid));
  });

  test("an erased person's unsent files go, and those of their messages with the texts", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [loose, sent, kept] = [
      await upload(stage, ben),
      await upload(stage, ben),
      await upload(stage, ann),
    ];
    await begin(stage, ben);
    await sendFiles(stage, ben, 1, [sent]);
    await sendFiles(stage, ann, 1, [kept]);
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      username: "free",
      texts: "take",
      displayName: "Former member",
      address: "",
      now: stage.now(),
    });
    assert.equal((await gone(stage)).length, 2);
    while (await stage.store.eraseMore({ now: stage.now() }));
    assert.ok((await gone(stage)).includes(sent.id) && (await gone(stage)).includes(loose.id));
    assert.ok(await find(stage, ann, kept));
    await refused("not_found", find(stage, ann, sent));
  });
}
