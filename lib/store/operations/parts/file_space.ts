/** How much room there is for files: in bytes, and in how many that no message holds yet. */
import { ConfabError } from "../../../errors.ts";
import type { FileSpace } from "../../contract/files.ts";
import type { Driver } from "../../driver.ts";
import { addBytes, ALL_PEOPLE, type Count, giveUp, LOOSE, markGone, UNFINISHED } from "./files.ts";

/** After how long in milliseconds an upload that stands still makes way for another one. */
const STANDS_STILL = 60 * 60_000;
/** The same where there is no room: else those who announce and send nothing keep all others out. */
const STILL_WHERE_SHORT = 10 * 60_000;
/** How many make way in one transaction. */
const MOST_AT_ONCE = 64;

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

export interface Wish {
  userId: number;
  /** That must fit; may be fewer than none, which gives back. */
  bytes: number;
  /** So many more, as far as there is room. */
  ahead?: number;
  space: FileSpace;
  now: number;
}

export interface Reserved {
  bytes: number;
  /** Others stood still, and were given up. */
  madeWay: boolean;
}

/**
 * Counts what is wished, and says how much it was. Where there is no room, uploads make way that stand
 * still; throws `too_large` where that is not enough, and none of them is gone.
 */
export async function reserve(
  db: Driver,
  { userId, bytes, ahead = 0, space, now }: Wish,
): Promise<Reserved> {
  const freed = bytes > 0 ? await makeWay(db, { userId, bytes, space, now }) : [];
  const totals = await addBytes(db, [...freed, [userId, bytes + ahead]]);
  const over = lacking(totals, userId, space);
  if (bytes > 0 && over.user > ahead) throw tooMuch("user", space.user!); // else none is over it
  if (bytes > 0 && over.all > ahead) throw tooMuch("all", space.all!);
  const back = Math.min(ahead, Math.max(0, over.user, over.all));
  if (back > 0) await addBytes(db, [[userId, -back]]);
  return { bytes: bytes + ahead - back, madeWay: freed.length > 0 };
}

/** How much more there is than there may be. */
function lacking(totals: ReadonlyMap<number, number>, userId: number, space: FileSpace) {
  const over = (of: number, limit: number | null) =>
    limit === null ? 0 : (totals.get(of) ?? 0) - limit;
  return { user: over(userId, space.user), all: over(ALL_PEOPLE, space.all) };
}

const TOTALS = "SELECT user_id, bytes FROM file_totals WHERE user_id IN (?, ?)";
const STILL = `SELECT id FROM files
  WHERE message_id IS NULL AND state = 'uploading' AND touched_at < ? AND size > 0`;
const STILL_OF_USER = `${STILL} AND user_id = ? ORDER BY touched_at LIMIT ${MOST_AT_ONCE}`;
const STILL_OF_ALL = `${STILL} ORDER BY touched_at LIMIT ${MOST_AT_ONCE}`;

/** Those that stand still the longest go first, and no more of them than are needed. */
async function makeWay(
  db: Driver,
  { userId, bytes, space, now }: Omit<Wish, "ahead">,
): Promise<Count[]> {
  if (space.user === null && space.all === null) return [];
  const rows = await db.all<{ user_id: number; bytes: number }>(TOTALS, [userId, ALL_PEOPLE]);
  const totals = new Map(rows.map((row) => [row.user_id, row.bytes]));
  const over = lacking(totals, userId, space);
  const freed: Count[] = [];
  const free = async (rows: readonly { id: number }[], wanted: number) => {
    const left = () => freed.reduce((left, [, count]) => left + count, wanted);
    for (const { id } of rows) {
      if (left() <= 0) return;
      freed.push(...await markGone(db, UNFINISHED, id));
    }
  };
  const before = now - STILL_WHERE_SHORT;
  const [user, all] = [over.user + bytes, over.all + bytes];
  if (space.user !== null && user > 0) {
    await free(await db.all<{ id: number }>(STILL_OF_USER, [before, userId]), user);
  }
  if (space.all !== null && freed.reduce((left, [, count]) => left + count, all) > 0) {
    await free(await db.all<{ id: number }>(STILL_OF_ALL, [before]), all);
  }
  return freed;
}

function tooMuch(scope: "user" | "all", limit: number): ConfabError {
  const whose = scope === "user" ? "Your files" : "The files of all people here";
  return new ConfabError("too_large", `${whose} may take at most ${limit} bytes together.`, {
    room: { limit, scope },
  });
}
