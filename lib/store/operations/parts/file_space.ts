/** How much room there is for files: in bytes, and in how many that no message holds yet. */
import { ConfabError } from "../../../errors.ts";
import type { FileSpace } from "../../contract/files.ts";
import type { Driver } from "../../driver.ts";
import { addBytes, giveUp, LOOSE } from "./files.ts";

/** After how long in milliseconds an upload that stands still makes way for another one. */
const STANDS_STILL = 60 * 60_000;

/**
 * Refuses where somebody has too many that they do not send: then those make way that nobody has
 * touched for long.
 */
export async function requirePlace(
  db: Driver,
  { userId, most, now }: { userId: number; most: number; now: number },
): Promise<void> {
  const loose = await db.all<{ id: number; state: string; touched_at: number }>(
    `SELECT id, state, touched_at FROM files
     WHERE user_id = ? AND message_id IS NULL AND state IN ('uploading', 'ready')
       AND scheduled_id IS NULL LIMIT ?`,
    [userId, most],
  );
  if (loose.length < most) return;
  const still = loose.filter((row) =>
    row.state === "uploading" && now - row.touched_at > STANDS_STILL
  );
  for (const { id } of still) await giveUp(db, LOOSE, id);
  if (still.length > 0) return;
  throw new ConfabError("rate_limited", "Send some of your files first, or remove them.", {
    retryAfter: 60_000,
  });
}

/**
 * Counts `bytes`, which may be fewer than none, and up to `ahead` more as far as there is room; returns
 * how many it counted. Throws `too_large` where the first are more than there is room for.
 */
export async function reserve(
  db: Driver,
  userId: number,
  { bytes, ahead }: { bytes: number; ahead: number },
  space: FileSpace,
): Promise<number> {
  const { user, all } = await addBytes(db, [[userId, bytes + ahead]]);
  const over = {
    user: space.user === null ? 0 : user - space.user,
    all: space.all === null ? 0 : all - space.all,
  };
  if (bytes > 0 && over.user > ahead) throw tooMuch("user", space.user!); // else none is over it
  if (bytes > 0 && over.all > ahead) throw tooMuch("all", space.all!);
  const back = Math.min(ahead, Math.max(0, over.user, over.all));
  if (back > 0) await addBytes(db, [[userId, -back]]);
  return bytes + ahead - back;
}

function tooMuch(scope: "user" | "all", limit: number): ConfabError {
  const whose = scope === "user" ? "Your files" : "The files of all people here";
  return new ConfabError("too_large", `${whose} may take at most ${limit} bytes together.`, {
    room: { limit, scope },
  });
}
