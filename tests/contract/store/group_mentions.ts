/** Mentions of many at once: whom they reach, how they are counted, and how they end. */
import assert from "node:assert/strict";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { Stage, StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

/** Sends a text while these people are online. */
async function sendWhile(stage: Stage, online: User[], by: User, room: number, text: string) {
  const { message } = await stage.store.sendMessage({
    userId: by.id,
    room,
    clientId: stage.clientId(),
    text,
    replyTo: null,
    online: online.map(({ id }) => id),
    now: stage.now(),
  });
  return message;
}

async function counts(stage: Stage, room: number, ...people: User[]): Promise<number[]> {
  const rooms = await Promise.all(people.map((user) => stage.memberRoom(user, room)));
  return rooms.map(({ membership }) => membership.mentions);
}

const reach = ({ mentions, mentionsAll }: Message) => [mentionsAll, mentions];

export function groupMentionTests(test: StoreTest): void {
  test("@room reaches every member but the author, and is counted for each of them", async (stage) => {
    const { ann, ben, cid, dan } = await stage.people("ann", "ben", "cid", "dan");
    const room = await stage.room("private", "club", ann, ben, cid);
    const message = await stage.send(ben, room.id, "@room: supper is ready");
    assert.deepEqual(reach(message), ["room", [ann.id, cid.id]]);
    assert.deepEqual(await counts(stage, room.id, ann, ben, cid), [1, 0, 1]);
    const { messages } = await historyOf(stage.store, {
      userId: ann.id,
      room: room.id,
      anchor: {},
      limit: 1,
    });
    assert.deepEqual(messages, [message]);
    // Who joins afterwards was not meant.
    await stage.add(room.id, ann, dan);
    assert.deepEqual(await counts(stage, room.id, dan), [0]);
  });

  test("@here reaches the members who are online, and nobody else who is", async (stage) => {
    const { ann, ben, cid, dan } = await stage.people("ann", "ben", "cid", "dan");
    const room = await stage.room("private", "club", ann, ben, cid);
    const message = await sendWhile(stage, [ann, ben, dan], ann, room.id, "anyone @here?");
    assert.deepEqual(reach(message), ["here", [ben.id]]);
    assert.deepEqual(await counts(stage, room.id, ann, ben, cid), [0, 1, 0]);
    const alone = await sendWhile(stage, [], ann, room.id, "@here, hello?");
    assert.deepEqual(reach(alone), ["here", []]);
    const both = await sendWhile(stage, [ben], ann, room.id, "@here and @cid and @ben");
    assert.deepEqual(reach(both), ["here", [cid.id, ben.id]]);
    assert.deepEqual(reach(await stage.send(ann, room.id, "@here @room")), ["room", [
      ben.id,
      cid.id,
    ]]);
  });

  test("a group is mentioned as a name is: not in code, addresses or longer names", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (
      const text of ["`@room`", "```\n@here\n```", "me@room.example", "https://x.y/@here", "@rooms"]
    ) {
      const message = await sendWhile(stage, [ann, ben], ann, 1, text);
      assert.ok(!("mentionsAll" in message), text);
      assert.deepEqual(message.mentions, [], text);
    }
    for (const text of ["@ROOM!", "see @room.", "请@room看", "＠ｒｏｏｍ"]) {
      assert.equal((await stage.send(ann, 1, text)).mentionsAll, "room", text);
    }
  });

  test("who has such a name from before is meant, where they are a member", async (stage) => {
    const { ann, here, ben } = await stage.people("ann", "here", "ben");
    const room = await stage.room("private", "club", ann, here, ben);
    const message = await sendWhile(stage, [ben], ann, room.id, "@here?");
    assert.deepEqual(reach(message), [undefined, [here.id]]);
    const elsewhere = await stage.room("private", "other", ann, ben);
    assert.deepEqual(reach(await sendWhile(stage, [ben], ann, elsewhere.id, "@here?")), ["here", [
      ben.id,
    ]]);
  });

  test("disabled accounts are not reached", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await stage.store.updateUser({
      actorId: ann.id,
      userId: cid.id,
      disabled: true,
      now: stage.now(),
    });
    assert.deepEqual(reach(await stage.send(ann, 1, "@room")), ["room", [ben.id]]);
  });

  test("an edit mentions a group, and ends it; whom it has reached stays settled", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const plain = await stage.send(ann, 1, "supper is ready");
    const edit = (text: string, online: User[]) =>
      stage.store.editMessage({
        userId: ann.id,
        message: plain.id,
        text,
        online: online.map(({ id }) => id),
        now: stage.now(),
      });
    assert.deepEqual(reach(await edit("@here supper", [ben])), ["here", [ben.id]]);
    assert.deepEqual(reach(await edit("@here supper!", [ben, cid])), ["here", [ben.id]]);
    assert.deepEqual(await counts(stage, 1, ann, ben, cid), [0, 1, 0]);
    assert.deepEqual(reach(await edit("@room supper!", [])), ["room", [ben.id, cid.id]]);
    assert.deepEqual(await counts(stage, 1, ann, ben, cid), [0, 1, 1]);
    const ended = await edit("supper, @cid", []);
    assert.deepEqual(reach(ended), [undefined, [cid.id]]);
    assert.deepEqual(await counts(stage, 1, ann, ben, cid), [0, 0, 1]);
  });

  test("a reaction changes nothing of it, a deletion takes it from everybody", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const message = await stage.send(ann, 1, "@room");
    const reacted = await stage.react(ben, message, "👍");
    assert.deepEqual(reach(reacted), ["room", [ben.id, cid.id]]);
    const deleted = await stage.delete(ann, message);
    assert.deepEqual(reach(deleted), [undefined, []]);
    assert.deepEqual(await counts(stage, 1, ann, ben, cid), [0, 0, 0]);
  });

  test("of more than a hundred the first are listed, and all are counted until it is gone", async (stage) => {
    const { ann } = await stage.people("ann");
    const crowd: User[] = [];
    for (let count = 0; count < 104; count++) crowd.push(await stage.signup(`crowd${count}`));
    const last = crowd.at(-1)!;
    const message = await stage.send(ann, 1, `@room and @${last.username}`);
    assert.equal(message.mentions.length, 100);
    assert.equal(message.mentions[0], last.id);
    assert.deepEqual(new Set(await counts(stage, 1, ...crowd)), new Set([1]));
    await stage.edit(ann, message, "@room, @crowd5");
    assert.deepEqual(new Set(await counts(stage, 1, ...crowd)), new Set([1]));
    await stage.delete(ann, message);
    assert.deepEqual(new Set(await counts(stage, 1, ...crowd)), new Set([0]));
  });

  test("what one person wrote around a group mention is stored in its order", async (stage) => {
    const { ann } = await stage.people("ann", "ben");
    const texts = [
      "one",
      "two",
      "@room three",
      "four",
      "@here five",
      "@room six",
      "seven",
      "eight",
    ];
    const sent = await Promise.all(texts.map((text) => stage.send(ann, 1, text)));
    assert.deepEqual(sent.map(({ seq }) => seq), texts.map((_, index) => index + 1));
  });
}
