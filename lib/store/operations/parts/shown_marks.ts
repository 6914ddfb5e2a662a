/**
 * Memberships as a list of rooms is read: a hundred rows for each person who comes. What a row has in
 * words goes with the room's id in one number, since the binding takes as long for each value as
 * SQLite does for the row. It knows no room.
 */
import type { MemberRole, Notify } from "../../../protocol/members.ts";
import type { OwnPart } from "./listed_texts.ts";

const ROLES: readonly MemberRole[] = ["owner", "member"];
const NOTIFIES: readonly Notify[] = ["all", "mentions", "none"];

/** Bits of a place in each list, from the lowest: `favourite`, `NOTIFIES`, `ROLES`; then the id. */
const [NOTIFY, ROLE, ID] = [2, 8, 16];

/** `members AS m`. */
export const SHOWN_MARK_COLUMNS = `m.room_id * ${ID} + ${placeOf("m.role", ROLES, ROLE)} +
  ${placeOf("m.notify", NOTIFIES, NOTIFY)} + m.favourite AS packed, m.read_seq, m.joined_at`;

function placeOf(column: string, words: readonly string[], times: number): string {
  const cases = words.slice(0, -1).map((word, at) => `WHEN '${word}' THEN ${at * times}`);
  return `CASE ${column} ${cases.join(" ")} ELSE ${(words.length - 1) * times} END`;
}

export interface ShownMarkRow {
  packed: number;
  read_seq: number;
  joined_at: number;
}

export function roomOfMark({ packed }: ShownMarkRow): number {
  return Math.floor(packed / ID);
}

/** What else the room's text is made of: beside the mark, what is read of all rooms at once. */
type Counted = Pick<OwnPart, "head" | "unread" | "mentions" | "threads">;

/** Of a room that is in the list. */
export function ownPart(
  { packed, read_seq, joined_at }: ShownMarkRow,
  { head, unread, mentions, threads }: Counted,
): OwnPart {
  return {
    head,
    unread,
    mentions,
    threads,
    read_seq,
    joined_at,
    member_role: ROLES[Math.floor(packed / ROLE) % 2]!, // the columns' own numbers
    notify: NOTIFIES[Math.floor(packed / NOTIFY) % 4]!,
    favourite: packed % 2,
    hidden: 0,
  };
}
