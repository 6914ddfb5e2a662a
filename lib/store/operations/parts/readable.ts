/** A message as its readers find it: of which thread, and with which standing they read it. */
import { notFound } from "../../../errors.ts";
import { mayReadMessage } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import { findStanding, type RoomStanding } from "./standing.ts";
import { requireActive } from "./users.ts";

export interface Readable {
  /** The root of its thread: itself, if it answers nothing. */
  root: number;
  standing: RoomStanding;
}

/** One that the user may not read looks as if it did not exist. */
export async function requireReadable(
  db: Driver,
  userId: number,
  message: number,
): Promise<Readable> {
  const place = await db.get<{ room_id: number; root: number }>(
    "SELECT room_id, coalesce(thread_id, id) AS root FROM messages WHERE id = ?",
    [message],
  );
  if (place === undefined) {
    await requireActive(db, userId);
    throw notFound("message");
  }
  const standing = await findStanding(db, userId, place.room_id);
  if (standing === null || mayReadMessage(standing) !== "allowed") throw notFound("message");
  return { root: place.root, standing };
}
