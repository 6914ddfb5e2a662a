/** What edited messages said before. */
import { notFound } from "../../errors.ts";
import { mayReadMessage } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { findStanding } from "./parts/standing.ts";
import { requireActive } from "./parts/users.ts";
import { versionsOf } from "./parts/versions.ts";

/** A deleted message has none: they went with its text. */
export const listVersions = read(async (db: Driver, input: Input<"listVersions">) => {
  const { userId, message } = input;
  const place = await db.get<{ room_id: number }>(
    "SELECT room_id FROM messages WHERE id = ?",
    [message],
  );
  if (place === undefined) {
    await requireActive(db, userId);
    throw notFound("message");
  }
  const standing = await findStanding(db, userId, place.room_id);
  if (standing === null || mayReadMessage(standing) !== "allowed") throw notFound("message");
  return await versionsOf(db, message);
});
