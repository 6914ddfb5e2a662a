/** Requests to join: asked by strangers, decided by staff. */
import { ConfabError, notFound } from "../../errors.ts";
import { mayDecideRequests, mayInviteTo } from "../../protocol/door_permissions.ts";
import type { JoinRequestState } from "../../protocol/join_requests.ts";
import { WAITING_REQUESTS } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import type { User } from "../../protocol/people.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, read, write } from "./operation.ts";
import { recordAudit } from "./parts/audit.ts";
import { requireFreeUsername } from "./parts/identity.ts";
import {
  countWaiting,
  REQUEST_COLUMNS,
  type RequestRow,
  toJoinRequest,
  waitingChange,
} from "./parts/join_requests.ts";
import { insertNewcomer } from "./parts/newcomers.ts";
import { requireStanding } from "./parts/standing.ts";
import { requireActor } from "./parts/users.ts";

/** How long one that was decided is kept: whoever asked is told so long how it stands. */
const KEPT_AFTER_DECISION = 90 * 24 * 3_600_000;

const HOUR = 3_600_000;

export const askToJoin = write(async (db: Driver, input: Input<"askToJoin">) => {
  const { username, displayName, passwordHash, note, address, now } = input;
  await db.lockNames();
  await requireFreeUsername(db, username);
  await requireNotWaiting(db, username);
  if (await countWaiting(db) >= WAITING_REQUESTS) {
    throw new ConfabError("unavailable", "Too many people are waiting. Ask again later.", {
      retryAfter: HOUR,
      busy: true,
    });
  }
  await removeLongDecided(db, now);
  const id = await db.insert(
    `INSERT INTO join_requests
       (username, username_key, display_name, password_hash, note, address, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [username, nameKey(username), displayName, passwordHash, note, address, now],
  );
  return { result: toJoinRequest(await requireRow(db, id)), changes: [await waitingChange(db)] };
});

/** One who asks twice is told that the first still waits. */
async function requireNotWaiting(db: Driver, username: string): Promise<void> {
  const waiting = await db.get(
    "SELECT id FROM join_requests WHERE username_key = ? AND state = 'waiting'",
    [nameKey(username)],
  );
  if (waiting === undefined) return;
  const message = "Somebody has asked for this username.";
  throw new ConfabError("conflict", message, {
    errors: [{ path: "username", message, reason: "taken" }],
  });
}

async function removeLongDecided(db: Driver, now: number): Promise<void> {
  for (const state of ["accepted", "refused"]) {
    await db.run(
      `DELETE FROM join_requests WHERE id IN (
         SELECT id FROM join_requests WHERE state = ? AND decided_at < ? ORDER BY id LIMIT 100
       )`,
      [state, now - KEPT_AFTER_DECISION],
    );
  }
}

async function requireRow(db: Driver, id: number): Promise<RequestRow> {
  const row = await db.get<RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM join_requests WHERE id = ?`,
    [id],
  );
  if (row === undefined) throw notFound("request");
  return row;
}

export const askedCredentials = read(async (db: Driver, input: Input<"askedCredentials">) => {
  const row = await db.get<{ password_hash: string; state: JoinRequestState }>(
    `SELECT password_hash, state FROM join_requests
     WHERE username_key = ? AND state <> 'accepted' ORDER BY id DESC LIMIT 1`,
    [nameKey(input.username)],
  );
  return row === undefined ? null : { passwordHash: row.password_hash, state: row.state };
});

const NOT_FOR_YOU = "Only staff decide who is let in.";

export const listJoinRequests = read(async (db: Driver, input: Input<"listJoinRequests">) => {
  await requireActor(db, input.userId, mayDecideRequests, NOT_FOR_YOU);
  const rows = await (input.state === "waiting" ? waitingAfter : decidedBefore)(db, input);
  const shown = rows.slice(0, input.limit);
  return {
    requests: shown.map(toJoinRequest),
    waiting: await countWaiting(db),
    next: rows.length > input.limit ? shown.at(-1)!.id : null,
  };
});

function waitingAfter(db: Driver, { after, limit }: Input<"listJoinRequests">) {
  return db.all<RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM join_requests WHERE state = 'waiting' AND id > ?
     ORDER BY id LIMIT ?`,
    [after ?? 0, limit + 1],
  );
}

function decidedBefore(db: Driver, { after, limit }: Input<"listJoinRequests">) {
  return db.all<RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM join_requests WHERE id < ? AND state <> 'waiting'
     ORDER BY id DESC LIMIT ?`,
    [after ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
}

export const decideJoinRequest = write(async (db: Driver, input: Input<"decideJoinRequest">) => {
  const { userId, id, state, now } = input;
  await db.lockNames();
  await requireActor(db, userId, mayDecideRequests, NOT_FOR_YOU);
  const before = await requireRow(db, id);
  // Of two who decide at once, the second finds that it is decided.
  const decided = await db.run(
    "UPDATE join_requests SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'waiting'",
    [state, userId, now, id],
  );
  if (decided === 0) throw new ConfabError("conflict", "Somebody has decided this already.");
  const { user, changes } = state === "accepted"
    ? await letIn(db, input)
    : { user: null, changes: [] };
  await recordAudit(db, {
    actor: { id: userId },
    action: state === "accepted" ? "request.accepted" : "request.refused",
    // By the account where there is one: a name written here would outlive its being erased.
    target: user === null ? { kind: "request", id, name: before.username } : { user: user.id },
    detail: state === "accepted" ? { role: input.role } : {},
    address: input.address,
    at: now,
  });
  const result = toJoinRequest(await requireRow(db, id));
  return { result, changes: [...changes, await waitingChange(db)] };
});

async function letIn(
  db: Driver,
  input: Input<"decideJoinRequest">,
): Promise<{ user: User; changes: readonly Change[] }> {
  const { userId, id, role, now } = input;
  const rooms = [...new Set(input.rooms)].sort((a, b) => a - b);
  for (const room of rooms) {
    await requireStanding(db, userId, room, mayInviteTo, "You may not invite into this room.");
  }
  const asked = (await db.get<{ username: string; display_name: string; password_hash: string }>(
    "SELECT username, display_name, password_hash FROM join_requests WHERE id = ?",
    [id],
  ))!; // it was changed a moment ago
  const { user, changes } = await insertNewcomer(db, {
    username: asked.username,
    displayName: asked.display_name,
    passwordHash: asked.password_hash,
    ...{ role, rooms, now },
  });
  // The password is the account's now, and changes there.
  await db.run("UPDATE join_requests SET user_id = ?, password_hash = '' WHERE id = ?", [
    user.id,
    id,
  ]);
  return { user, changes };
}
