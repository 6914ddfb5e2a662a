/**
 * Reading and spending invitations. An invitation does no more than its maker may do now: where they
 * are disabled or may not invite any more, it lets nobody in; into a room where they may not invite
 * any more, it does not lead.
 */
import { noInvite } from "../../../errors.ts";
import type { InviteRole, InviteState } from "../../../protocol/invites.ts";
import type { UserRole } from "../../../protocol/people.ts";
import { type Inviters, mayInvite, mayInviteTo } from "../../../protocol/door_permissions.ts";
import type { Driver } from "../../driver.ts";
import { recordAudit } from "./audit.ts";
import { findStanding } from "./standing.ts";

/** `invites AS i` with `users AS maker`. */
export const INVITE_COLUMNS =
  "i.id, i.code, i.role, i.uses, i.used, i.expires_at, i.revoked_at, i.created_by, i.created_at, " +
  "maker.role AS maker_role, maker.disabled AS maker_disabled";

export interface InviteRow {
  id: number;
  code: string;
  role: InviteRole;
  uses: number | null;
  used: number;
  expires_at: number | null;
  revoked_at: number | null;
  created_by: number;
  created_at: number;
  maker_role: UserRole;
  maker_disabled: number;
}

/** An open invitation, and where it leads now. */
export interface OpenInvite {
  row: InviteRow;
  rooms: number[];
}

/** What decides whether an invitation is open, beside its row. */
export interface InviteMoment {
  /** Who may invite, as the host says. */
  inviters: Inviters;
  now: number;
}

export function inviteState(row: InviteRow, { inviters, now }: InviteMoment): InviteState {
  if (row.revoked_at !== null) return "revoked";
  if (row.uses !== null && row.used >= row.uses) return "used";
  if (row.expires_at !== null && row.expires_at <= now) return "expired";
  const maker = { role: row.maker_role, disabled: row.maker_disabled === 1 };
  return mayInvite(maker, inviters) === "allowed" ? "open" : "void";
}

/** `null` unless it is open. */
export async function openInvite(
  db: Driver,
  code: string,
  moment: InviteMoment,
): Promise<OpenInvite | null> {
  const row = await db.get<InviteRow>(
    `SELECT ${INVITE_COLUMNS} FROM invites AS i JOIN users AS maker ON maker.id = i.created_by
     WHERE i.code = ?`,
    [code],
  );
  if (row === undefined || inviteState(row, moment) !== "open") return null;
  return { row, rooms: await roomsNow(db, row) };
}

async function roomsNow(db: Driver, { id, created_by: maker }: InviteRow): Promise<number[]> {
  const rooms: number[] = [];
  for (const room of await roomsNamedBy(db, id)) {
    const standing = await findStanding(db, maker, room);
    if (standing !== null && mayInviteTo(standing) === "allowed") rooms.push(room);
  }
  return rooms;
}

export async function roomsNamedBy(db: Driver, invite: number): Promise<number[]> {
  const rows = await db.all<{ room_id: number }>(
    "SELECT room_id FROM invite_rooms WHERE invite_id = ? ORDER BY room_id",
    [invite],
  );
  return rows.map(({ room_id }) => room_id);
}

/**
 * Counts a use. Of two who take the last one at the same moment, the second finds none: the row is
 * looked at once more when it is written.
 */
export async function spendInvite(
  db: Driver,
  code: string,
  moment: InviteMoment,
): Promise<OpenInvite> {
  const open = await openInvite(db, code, moment);
  if (open === null) throw noInvite();
  const spent = await db.run(
    `UPDATE invites SET used = used + 1
     WHERE id = ? AND revoked_at IS NULL AND (uses IS NULL OR used < uses)`,
    [open.row.id],
  );
  if (spent === 0) throw noInvite();
  return open;
}

export interface InviteUse {
  userId: number;
  account: "new" | "existing";
  address: string | undefined;
  now: number;
}

export async function recordUse(db: Driver, { row }: OpenInvite, use: InviteUse): Promise<void> {
  const { userId, account, address, now } = use;
  await recordAudit(db, {
    actor: { id: userId },
    action: "invite.used",
    target: { kind: "invite", id: row.id, name: row.role },
    detail: { account, maker: row.created_by },
    address,
    at: now,
  });
}
