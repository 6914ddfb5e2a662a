/** Custom emoji: who adds and removes them, what others are told, and where they may stand. */
import assert from "node:assert/strict";
import type { EmojiBlob } from "../../../lib/protocol/custom_emoji.ts";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const blobOf = (number: number) => number.toString(16).padStart(32, "0");

const PICTURE: EmojiBlob = {
  blob: blobOf(0xabc),
  type: "image/webp",
  size: 900,
  width: 128,
  height: 96,
};

const add = (stage: Stage, user: User, name: string, blob = PICTURE.blob) =>
  stage.store.addEmoji({
    userId: user.id,
    name,
    picture: { ...PICTURE, blob },
    address: "203.0.113.7",
    now: stage.now(),
  });

const remove = (stage: Stage, user: User, name: string) =>
  stage.store.removeEmoji({
    userId: user.id,
    name,
    address: "203.0.113.7",
    now: stage.now(),
  });

const namesFor = async (stage: Stage, { id }: User) =>
  (await stage.store.listEmoji({ userId: id })).emoji.map(({ name }) => name);

const makers = (stage: Stage, { id }: User, who: "staff" | null) =>
  stage.store.updateWorkspace({ actorId: id, set: { emojiMakers: who }, now: stage.now() });

export function customEmojiTests(test: StoreTest): void {
  test("an emoji that somebody adds is there for all, guests too, and told with the list's revision", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    assert.deepEqual(await stage.store.listEmoji({ userId: ann.id }), { revision: 0, emoji: [] });
    assert.equal((await snapshotOf(stage.store, ben.id)).emoji, 0);
    await stage.store.updateUser({ actorId: 1, userId: ben.id, role: "guest", now: stage.now() });
    stage.takeChanges();
    const parrot = await add(stage, ann, "parrot");
    assert.deepEqual({ ...parrot, createdAt: 0 }, {
      name: "parrot",
      url: `/emoji/parrot/${PICTURE.blob.slice(0, 16)}`,
      userId: ann.id,
      createdAt: 0,
    });
    assert.deepEqual(stage.takeChanges(), [
      { type: "emoji", revision: 1, name: "parrot", emoji: parrot },
    ]);
    const cat = await add(stage, ann, "кот", blobOf(2));
    assert.equal(cat.url, `/emoji/${encodeURIComponent("кот")}/${blobOf(2).slice(0, 16)}`);
    assert.deepEqual(await stage.store.listEmoji({ userId: ben.id }), {
      revision: 2,
      emoji: [parrot, cat],
    });
    assert.equal((await snapshotOf(stage.store, ben.id)).emoji, 2);
    assert.deepEqual(await stage.store.emojiPicture({ userId: ben.id, name: "parrot" }), PICTURE);
    assert.equal(await stage.store.emojiPicture({ userId: ben.id, name: "none" }), null);
    assert.deepEqual(await stage.store.emojiNamed({ userId: ben.id, names: ["none", "кот"] }), [
      cat,
    ]);
    assert.deepEqual(await stage.store.emojiNamed({ userId: ben.id, names: [] }), []);
  });

  test("a name is given once, also where two give it at one moment", async (stage) => {
    const { ann } = await stage.people("ann");
    const tries = await Promise.allSettled(
      [1, 2, 3].map((n) => add(stage, ann, "same", blobOf(n))),
    );
    assert.deepEqual(tries.map(({ status }) => status).sort(), [
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    const { errors } = await refused("conflict", add(stage, ann, "same"));
    await refused("conflict", stage.store.nameEmoji({ userId: ann.id, name: "same" }));
    await stage.store.nameEmoji({ userId: ann.id, name: "other" });
    assert.deepEqual(errors?.map(({ path, reason }) => [path, reason]), [["name", "taken"]]);
    assert.equal((await stage.store.listEmoji({ userId: ann.id })).revision, 1);
  });

  test("members remove their own, staff everybody's, others none; the audit log tells of it", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await add(stage, ben, "bens", blobOf(1));
    await add(stage, ben, "bens2", blobOf(2));
    await add(stage, ann, "anns", blobOf(3));
    await refused("forbidden", remove(stage, cid, "bens"));
    await refused("forbidden", remove(stage, ben, "anns"));
    await refused("not_found", remove(stage, ann, "none"));
    stage.takeChanges();
    assert.deepEqual(await remove(stage, ben, "bens"), { blob: blobOf(1) });
    assert.deepEqual(await remove(stage, ann, "bens2"), { blob: blobOf(2) });
    assert.deepEqual(stage.takeChanges(), [
      { type: "emoji", revision: 4, name: "bens", emoji: null },
      { type: "emoji", revision: 5, name: "bens2", emoji: null },
    ]);
    assert.deepEqual(await namesFor(stage, cid), ["anns"]);
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 2 });
    assert.deepEqual(
      entries.map(({ action, target, detail, address }) => ({ action, target, detail, address })),
      ["bens2", "bens"].map((name) => ({
        action: "emoji.removed",
        target: { kind: "emoji", name },
        detail: { maker: ben.id },
        address: "203.0.113.7",
      })),
    );
  });

  test("guests never add any, and members none where only staff do; they still remove their own", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await stage.store.updateUser({ actorId: 1, userId: cid.id, role: "guest", now: stage.now() });
    await refused("forbidden", add(stage, cid, "guests"));
    await refused("forbidden", stage.store.nameEmoji({ userId: cid.id, name: "guests" }));
    await add(stage, ben, "bens");
    await makers(stage, ann, "staff");
    await refused("forbidden", add(stage, ben, "more"));
    await add(stage, ann, "anns");
    await remove(stage, ben, "bens");
    await makers(stage, ann, null);
    await add(stage, ben, "more");
    await stage.store.updateUser({ actorId: 1, userId: ben.id, disabled: true, now: stage.now() });
    await refused("forbidden", add(stage, ben, "again"));
    await refused("forbidden", remove(stage, ben, "none"));
    await refused("forbidden", stage.store.listEmoji({ userId: ben.id }));
  });

  test("reactions are of emoji that there are; one that was removed stays, and can be taken back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "hello");
    const { errors } = await refused("invalid", stage.react(ann, message, ":parrot:"));
    assert.equal(errors?.[0]?.path, "emoji");
    await add(stage, ben, "parrot");
    await stage.react(ann, message, ":parrot:");
    const both = await stage.react(ben, message, ":parrot:");
    assert.deepEqual(both.reactions, { ":parrot:": [ann.id, ben.id] });
    await remove(stage, ben, "parrot");
    await refused("invalid", stage.react(ann, await stage.send(ann, 1, "more"), ":parrot:"));
    const less = await stage.react(ann, message, ":parrot:", false);
    assert.deepEqual(less.reactions, { ":parrot:": [ben.id] });
    assert.equal(less.rev, both.rev + 2, "the room's counter: one message, one reaction");
  });

  test("a status says an emoji that there is, and keeps it when it is gone", async (stage) => {
    const { ann } = await stage.people("ann");
    const say = (emoji: string, text: string) =>
      stage.store.updateMe({ userId: ann.id, status: { emoji, text, until: null } });
    const { errors } = await refused("invalid", say(":parrot:", "hi"));
    assert.equal(errors?.[0]?.path, "status.emoji");
    await add(stage, ann, "parrot");
    await say(":parrot:", "hi");
    await remove(stage, ann, "parrot");
    assert.equal((await say(":parrot:", "hello")).status?.text, "hello", "other words for it");
    await say("🌴", "away");
    await refused("invalid", say(":parrot:", "again"));
  });

  test("what somebody added stays when they are erased, and staff remove it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await add(stage, ben, "bens");
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      texts: "take",
      username: "free",
      displayName: "Erased",
      now: stage.now(),
    });
    assert.deepEqual(await namesFor(stage, ann), ["bens"]);
    await remove(stage, ann, "bens");
    assert.deepEqual(await namesFor(stage, ann), []);
  });

  test("there is an end to how many there are", async (stage) => {
    const { ann } = await stage.people("ann");
    const all = Array.from({ length: LIMITS.customEmoji }, (_, n) => n);
    await Promise.all(all.map((n) => add(stage, ann, `parrot${n}x`, blobOf(n))));
    const { emoji, revision } = await stage.store.listEmoji({ userId: ann.id });
    assert.deepEqual([emoji.length, revision], [LIMITS.customEmoji, LIMITS.customEmoji]);
    await refused("invalid", add(stage, ann, "more"));
    await remove(stage, ann, "parrot0x");
    await add(stage, ann, "more");
  });
}
