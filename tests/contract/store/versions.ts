/** What edited messages said before. */
import assert from "node:assert/strict";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { VERSIONS_KEPT } from "../../../lib/protocol/limits.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";

const versions = ({ store }: Stage, user: User, { id }: Pick<Message, "id">) =>
  store.listVersions({ userId: user.id, message: id });

export function versionsTests(test: StoreTest): void {
  test("an edited message keeps what it said before, oldest first, each with its time", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "one");
    assert.deepEqual(await versions(stage, ben, message), []);
    const second = await stage.edit(ann, message, "two");
    await stage.edit(ann, message, "two");
    await stage.edit(ann, message, "three");
    assert.deepEqual(await versions(stage, ben, message), [
      { text: "one", at: message.ts },
      { text: "two", at: second.editedAt },
    ]);
  });

  test("they are hidden from who cannot read the message, and gone with it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "secret", ann);
    const message = await stage.send(ann, room.id, "one");
    await stage.edit(ann, message, "two");
    await refused("not_found", versions(stage, ben, message));
    await refused("not_found", versions(stage, ben, { id: 999_999 }));
    await stage.delete(ann, message);
    assert.deepEqual(await versions(stage, ann, message), []);
  });

  test("of very many the first and the last ones are kept", async (stage) => {
    const { ann } = await stage.people("ann");
    const message = await stage.send(ann, 1, "0");
    for (let at = 1; at <= VERSIONS_KEPT + 3; at++) await stage.edit(ann, message, `${at}`);
    const texts = (await versions(stage, ann, message)).map(({ text }) => text);
    assert.equal(texts.length, VERSIONS_KEPT);
    assert.deepEqual(texts.slice(0, 2), ["0", "4"]);
    assert.equal(texts.at(-1), String(VERSIONS_KEPT + 2));
  });
}
