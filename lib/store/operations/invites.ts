/** Invitations: made, shown, taken back, and used by people who have an account. */
import { ConfabError, noInvite, notFound } from "../../errors.ts";
import type { Invitation, Invite, InvitedRoom } from "../../protocol/invites.ts";
import { OPEN_INVITES } from "../../protocol/limits.ts";
import { isStaff, maySeeRoom, type UserFacts } from "../../protocol/permissions.ts";
import { mayInvite, mayInviteTo, mayRevokeInvite } from "../../protocol/door_permissions.ts";
import type { User } from "../../protocol/people.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { recordAudit } from "./parts/audit.ts";
import {
  INVITE_COLUMNS,
  type InviteMoment,
  type InviteRow,
  inviteState,
  openInvite,
  recordUse,
  roomsNamedBy,
  spendInvite,
} from "./parts/invites.ts";
import { allInList, LIST } from "./parts/lists.ts";
import { isMember, joinRooms } from "./parts/newcomers.ts";
import { findStanding, requireStanding } from "./parts/standing.ts";
import { findUsers, requireActive, requireActor, requireUser } from "./parts/users.ts";

/**
 * How long one that has ended is shown, and one that is used up from when it was made: the audit log
 * tells of it for longer.
 */
const KEPT_AFTER_END = 90 * 24 * 3_600_000;

export const createInvite = write(async (db: Driver, input: Input<"createInvite">) => {
  const { userId, code, role, uses, expiresAt, inviters, now } = input;
  await db.lockUser(userId); // counts what is open
  const may = (user: UserFacts) => mayInvite(user, inviters);
  await requireActor(db, userId, may, "You may not invite people.");
  requireFuture(expiresAt, now);
  const rooms = [...new Set(input.rooms)].sort((a, b) => a - b);
  for (const room of rooms) {
    await requireStanding(db, userId, room, mayInviteTo, "You may not invite into this room.");
  }
  await removeLongEnded(db, userId, now);
  await requirePlaceFor(db, userId, now);
  const id = await db.insert(
    `INSERT INTO invites (code, role, uses, expires_at, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [code, role, uses, expiresAt, userId, now],
  );
  for (const room of rooms) {
    await db.run("INSERT INTO invite_rooms (invite_id, room_id) VALUES (?, ?)", [id, room]);
  }
  await recordAudit(db, {
    actor: { id: userId },
    action: "invite.made",
    target: { kind: "invite", id, name: role },
    detail: { role, rooms: rooms.length, uses, expiresAt },
    address: input.address,
    at: now,
  });
  const created = { createdBy: userId, createdAt: now, state: "open" } as const;
  return {
    result: { id, code, role, rooms, uses, used: 0, expiresAt, ...created },
    changes: NO_CHANGES,
  };
});

function requireFuture(expiresAt: number | null, now: number): void {
  if (expiresAt === null || expiresAt > now) return;
  const message = "must be a time to come";
  throw new ConfabError("invalid", "An invitation cannot end before it begins.", {
    errors: [{ path: "expiresAt", message, reason: "invalid" }],
  });
}

async function removeLongEnded(db: Driver, userId: number, now: number): Promise<void> {
  const ended = await db.all<{ id: number }>(
    `SELECT id FROM invites WHERE created_by = ?
       AND created_at < ? AND (revoked_at < ? OR expires_at < ? OR used >= uses) LIMIT 100`,
    [userId, ...Array<number>(3).fill(now - KEPT_AFTER_END)],
  );
  for (const { id } of ended) {
    await db.run("DELETE FROM invite_rooms WHERE invite_id = ?", [id]);
    await db.run("DELETE FROM invites WHERE id = ?", [id]);
  }
}

async function requirePlaceFor(db: Driver, userId: number, now: number): Promise<void> {
  const row = await db.get<{ open: number }>(
    `SELECT count(*) AS open FROM invites WHERE created_by = ? AND ${IS_OPEN}`,
    [userId, now],
  );
  if ((row?.open ?? 0) < OPEN_INVITES) return;
  throw new ConfabError(
    "invalid",
    `You have ${OPEN_INVITES} open invitations: take some of them back.`,
  );
}

/** But for what its maker may do now. */
const IS_OPEN = `revoked_at IS NULL AND (uses IS NULL OR used < uses)
  AND (expires_at IS NULL OR expires_at > ?)`;

const SELECT_INVITES = `SELECT ${INVITE_COLUMNS}
  FROM invites AS i JOIN users AS maker ON maker.id = i.created_by`;

/** One query for staff and one for others, each by its index. */
const LISTED = {
  all: { open: `${SELECT_INVITES} WHERE i.id < ? AND ${IS_OPEN}`, ended: endedOf("i.id < ?") },
  own: {
    open: `${SELECT_INVITES} WHERE i.created_by = ? AND i.id < ? AND ${IS_OPEN}`,
    ended: endedOf("i.created_by = ? AND i.id < ?"),
  },
};

function endedOf(which: string): string {
  return `${SELECT_INVITES} WHERE ${which} AND NOT (${IS_OPEN})`;
}

export const listInvites = read(async (db: Driver, input: Input<"listInvites">) => {
  const { userId, state, before, limit, inviters, now } = input;
  const reader = await requireActive(db, userId);
  const all = isStaff(reader.role);
  const rows = await db.all<InviteRow>(
    `${LISTED[all ? "all" : "own"][state]} ORDER BY i.id DESC LIMIT ?`,
    [...(all ? [] : [userId]), before ?? Number.MAX_SAFE_INTEGER, now, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const rooms = new Map<number, InvitedRoom | null>();
  const invites: Invite[] = [];
  for (const row of shown) invites.push(await inviteFor(db, reader, row, { rooms, inviters, now }));
  return {
    invites,
    people: await findUsers(db, [...new Set(shown.map((row) => row.created_by))]),
    rooms: [...rooms.values()].filter((room) => room !== null),
    next: rows.length > limit ? shown.at(-1)!.id : null,
  };
});

/** As this reader may see it. `rooms`: what is known of rooms already. */
async function inviteFor(
  db: Driver,
  reader: User,
  row: InviteRow,
  { rooms, ...moment }: InviteMoment & { rooms: Map<number, InvitedRoom | null> },
): Promise<Invite> {
  const named = await roomsNamedBy(db, row.id);
  for (const room of named) {
    if (!rooms.has(room)) rooms.set(room, await roomFor(db, reader.id, room));
  }
  const seen = named.filter((room) => rooms.get(room) !== null);
  const mayKnow = seen.length === named.length || row.created_by === reader.id;
  return {
    id: row.id,
    code: mayKnow ? row.code : null,
    role: row.role,
    rooms: seen,
    uses: row.uses,
    used: row.used,
    expiresAt: row.expires_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    state: inviteState(row, moment),
  };
}

async function roomFor(db: Driver, userId: number, room: number): Promise<InvitedRoom | null> {
  const standing = await findStanding(db, userId, room);
  if (standing === null || maySeeRoom(standing) !== "allowed") return null;
  return (await invitedRooms(db, [room]))[0] ?? null;
}

async function invitedRooms(db: Driver, ids: readonly number[]): Promise<InvitedRoom[]> {
  const rows = await allInList<InvitedRoom>(
    db,
    `SELECT DISTINCT id, name, kind FROM rooms WHERE id IN (${LIST})`,
    [],
    ids,
  );
  return rows.map(({ id, name, kind }) => ({ id, name, kind })).sort((a, b) => a.id - b.id);
}

export const revokeInvite = write(async (db: Driver, input: Input<"revokeInvite">) => {
  const { userId, id, now } = input;
  const user = await requireActive(db, userId);
  const row = await db.get<InviteRow>(`${SELECT_INVITES} WHERE i.id = ?`, [id]);
  const isOwn = row?.created_by === userId;
  if (row === undefined || mayRevokeInvite(user, { isOwn }) !== "allowed") {
    throw notFound("invitation");
  }
  const revoked = await db.run(
    "UPDATE invites SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
    [now, id],
  );
  if (revoked > 0) {
    await recordAudit(db, {
      actor: { id: userId },
      action: "invite.revoked",
      target: { kind: "invite", id, name: row.role },
      detail: { maker: row.created_by, used: row.used },
      address: input.address,
      at: now,
    });
  }
  return { result: undefined, changes: NO_CHANGES };
});

export const invitation = read(
  async (db: Driver, input: Input<"invitation">): Promise<Invitation | null> => {
    const open = await openInvite(db, input.code, input);
    if (open === null) return null;
    const { role, created_by, expires_at: expiresAt } = open.row;
    const { username, displayName } = await requireUser(db, created_by);
    const rooms = await invitedRooms(db, open.rooms);
    return { role, invitedBy: { username, displayName }, rooms, expiresAt };
  },
);

export const acceptInvite = write(async (db: Driver, input: Input<"acceptInvite">) => {
  const { userId, code, address, now } = input;
  await db.lockUser(userId); // twice at once counts as one
  await requireActive(db, userId);
  const open = await openInvite(db, code, input);
  if (open === null) throw noInvite();
  let fresh = false;
  for (const room of open.rooms) fresh ||= !await isMember(db, room, userId);
  if (!fresh) return { result: { rooms: open.rooms }, changes: NO_CHANGES };
  const spent = await spendInvite(db, code, input);
  const changes = await joinRooms(db, userId, spent.rooms, now);
  await recordUse(db, spent, { userId, account: "existing", address, now });
  return { result: { rooms: spent.rooms }, changes };
});
