/**
 * Reactions get the one form of their emoji: ❤ and ❤️ were two on the same message. No `rev` is
 * raised: whoever still shows the two sees one with the message's next change.
 */
import { canonicalReactions } from "../../protocol/emoji.ts";
import type { Driver } from "../driver.ts";
import type { Migration } from "./migration.ts";

export const oneEmojiOneReaction: Migration = {
  version: 3,
  statements: () => [],
  rewrite,
};

/** Rows read at a time: a large database need not fit into memory. */
const PORTION = 1_000;

async function rewrite(db: Driver): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await db.all<{ id: number; reactions: string }>(
      `SELECT id, reactions FROM messages WHERE id > ? AND reactions <> '{}'
       ORDER BY id LIMIT ${PORTION}`,
      [after],
    );
    for (const row of rows) {
      const stored = JSON.parse(row.reactions) as Record<string, number[]>; // as `react` wrote it
      const merged = canonicalReactions(stored);
      if (merged === stored) continue;
      await db.run("UPDATE messages SET reactions = ? WHERE id = ?", [
        JSON.stringify(merged),
        row.id,
      ]);
    }
    if (rows.length < PORTION) return;
    after = rows.at(-1)!.id;
  }
}
