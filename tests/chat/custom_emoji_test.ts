/** Which names are free for custom emoji. */
import assert from "node:assert/strict";
import { makeShortNames } from "../../emoji_tables.ts";
import { addEmoji } from "../../lib/chat/custom_emoji.ts";
import type { CommandContext } from "../../lib/chat/command.ts";
import { SHORT_NAMES } from "../../lib/protocol/short_names.ts";
import { refused } from "../contract/store/stage.ts";

Deno.test("the names of Unicode's emoji are those of the tables that browsers load", async () => {
  assert.equal(SHORT_NAMES, await makeShortNames(), "write lib/protocol/short_names.ts anew");
});

Deno.test("no custom emoji takes the name of one of Unicode's, nor of one in a skin tone", async () => {
  const added: string[] = [];
  const context = {
    store: { addEmoji: ({ name }: { name: string }) => void added.push(name) },
    now: () => 1,
  } as unknown as CommandContext; // nothing else of it is used here
  const add = async (name: string) =>
    await addEmoji.run(context, { userId: 1, role: "member" }, {
      name,
      picture: { blob: "0".repeat(32), type: "image/webp", size: 1, width: 1, height: 1 },
    });
  for (const name of ["cat", "thumbsup", "wave_tone1", "handshake_tone1-2", "tada", "+1"]) {
    const { errors } = await refused("conflict", add(name));
    assert.deepEqual(errors?.map(({ path, reason }) => [path, reason]), [["name", "taken"]]);
  }
  for (const name of ["parrot_party", "cat_ours", "our_tone1"]) await add(name);
  assert.deepEqual(added, ["parrot_party", "cat_ours", "our_tone1"]);
});
