/** Who is in the same rooms: for a guest, nobody else exists. */
import type { Driver } from "../../driver.ts";

/** In one of a guest's rooms; of `users AS u`, with the guest's id. */
export const SHARES_A_ROOM = `EXISTS (
  SELECT 1 FROM members AS mine
  JOIN members AS theirs ON theirs.room_id = mine.room_id AND theirs.user_id = u.id
  WHERE mine.user_id = ?
)`;

export async function shareARoom(db: Driver, userId: number, other: number): Promise<boolean> {
  const found = await db.get(
    `SELECT u.id FROM users AS u WHERE u.id = ? AND ${SHARES_A_ROOM}`,
    [other, userId],
  );
  return found !== undefined;
}
