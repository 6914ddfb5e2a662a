/** Custom emoji: who adds and removes them, and which names are free for them. */
import { ConfabError } from "../errors.ts";
import * as input from "../protocol/custom_emoji.ts";
import { mayAddEmoji, mayRemoveEmoji } from "../protocol/emoji_permissions.ts";
import { emojiKey } from "../protocol/emoji_names.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

/** Guests too: they read what others write. */
export const listEmoji = defineCommand({
  schema: input.listEmoji,
  access: byAccount(mayAct),
  run: ({ store }, { userId }): Promise<input.EmojiList> => store.listEmoji({ userId }),
});

export const emojiNamed = defineCommand({
  schema: input.emojiNamed,
  access: byAccount(mayAct),
  run: ({ store }, { userId }, { names }): Promise<input.CustomEmoji[]> =>
    store.emojiNamed({ userId, names }),
});

export const emojiPicture = defineCommand({
  schema: input.emojiPicture,
  access: byAccount(mayAct),
  run: ({ store }, { userId }, { name }): Promise<input.EmojiBlob | null> =>
    store.emojiPicture({ userId, name: emojiKey(name) }),
});

/** Asked before a picture is made: that takes longer than all else. */
export const nameEmoji = defineCommand({
  schema: input.nameEmoji,
  access: inTransaction(mayAddEmoji),
  metered: true,
  run: async ({ store }, { userId }, { name }): Promise<void> => {
    await store.nameEmoji({ userId, name });
    await requireFree(name);
  },
});

/** The name was asked about before, and may have been taken since. */
export const addEmoji = defineCommand({
  schema: input.addEmoji,
  access: inTransaction(mayAddEmoji),
  run: async ({ store, now }, { userId, address }, { name, picture }) => {
    await requireFree(name);
    return await store.addEmoji({ userId, name, picture, address, now: now() });
  },
});

export const removeEmoji = defineCommand({
  schema: input.removeEmoji,
  access: inTransaction(mayRemoveEmoji),
  metered: true,
  run: ({ store, now }, { userId, address }, { name }): Promise<{ blob: string }> =>
    store.removeEmoji({ userId, name, address, now: now() }),
});

/** What everybody types for an emoji of Unicode stays that. */
async function requireFree(name: string): Promise<void> {
  const { SHORT_NAMES } = await import("../protocol/short_names.ts");
  if (!` ${SHORT_NAMES} `.includes(` ${name.replace(TONES, "")} `)) return;
  const message = "This is the name of an emoji that there is already.";
  throw new ConfabError("conflict", message, {
    errors: [{ path: "name", message, reason: "taken" }],
  });
}

/** `wave_tone1`, `handshake_tone1-2`. */
const TONES = /(?:_tone\d(?:-\d)?)+$/;
