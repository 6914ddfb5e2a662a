/** Custom emoji as others name them: in reactions, in statuses, in what a connection begins with. */
import { ConfabError } from "../../../errors.ts";
import { customName } from "../../../protocol/emoji_names.ts";
import type { Driver } from "../../driver.ts";

/** Of the list; 0 before the first emoji. */
export async function emojiRevision(db: Driver): Promise<number> {
  const row = await db.get<{ revision: number }>(
    "SELECT revision FROM custom_emoji_revision WHERE id = 1",
    [],
  );
  return row?.revision ?? 0;
}

/** Throws `invalid` for `:name:` where there is no such emoji now. */
export async function requireEmoji(db: Driver, sign: string, path: string): Promise<void> {
  const name = customName(sign);
  if (name === null || await isEmoji(db, name)) return;
  const message = "is no emoji that there is here";
  throw new ConfabError("invalid", "There is no such emoji.", {
    errors: [{ path, message, reason: "invalid" }],
  });
}

export async function isEmoji(db: Driver, name: string): Promise<boolean> {
  return await db.get("SELECT name FROM custom_emoji WHERE name = ?", [name]) !== undefined;
}
