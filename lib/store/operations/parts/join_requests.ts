/** Rows of requests to join, and how many wait. Asks no permission. */
import type { JoinRequest, JoinRequestState } from "../../../protocol/join_requests.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";

export const REQUEST_COLUMNS =
  "id, username, display_name, note, address, state, created_at, decided_at, decided_by, user_id";

export interface RequestRow {
  id: number;
  username: string;
  display_name: string;
  note: string;
  address: string;
  state: JoinRequestState;
  created_at: number;
  decided_at: number | null;
  decided_by: number | null;
  user_id: number | null;
}

export function toJoinRequest(row: RequestRow): JoinRequest {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    note: row.note,
    address: row.address,
    createdAt: row.created_at,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    userId: row.user_id,
  };
}

export async function countWaiting(db: Driver): Promise<number> {
  const row = await db.get<{ waiting: number }>(
    "SELECT count(*) AS waiting FROM join_requests WHERE state = 'waiting'",
    [],
  );
  return row?.waiting ?? 0;
}

/** What staff are told, whenever one comes or is decided. */
export async function waitingChange(db: Driver): Promise<Change> {
  return { type: "requests", waiting: await countWaiting(db) };
}
