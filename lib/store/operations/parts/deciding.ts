/** Who may send, for a store that decides about many senders before it stores what they wrote. */
import { notFound } from "../../../errors.ts";
import { mayRead, mayWrite } from "../../../protocol/permissions.ts";
import { requireVerdict, type RoomStanding, type StandingRow, toStanding } from "./standing.ts";

/**
 * The standing of one who may write, or why they may not even read the room, asked in the order of
 * `sendMessage`. `alone`: that has to decide about each message, as in an archived room, where one
 * that was stored before is still recognised.
 */
export function decideSender(row: StandingRow | undefined): RoomStanding | "alone" | Error {
  try {
    const standing = row === undefined ? null : toStanding(row);
    if (standing === null) return notFound("room");
    requireVerdict(standing, mayRead(standing), "You are not a member of this room.");
    return mayWrite(standing) === "allowed" ? standing : "alone";
  } catch (thrown) {
    return thrown as Error; // a refusal
  }
}
