/** Keeping what the user's other sessions are told about a new one. Checks no permission. */
import type { SignIn } from "../../../protocol/devices.ts";
import type { NewSession } from "../../contract/sessions.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { tellOwner } from "./emails.ts";
import { endSurplus } from "./session_rows.ts";

/** Kept per user: whoever signs in more often than that is a program. */
const KEPT = 50;
/** Milliseconds after which a sign-in is no news any more. */
const NEWS = 30 * 24 * 60 * 60 * 1000;

interface OpenedSession {
  id: number;
  userId: number;
  session: NewSession;
  now: number;
}

/** What follows from a new session: the other ones are told, and one too many ends. */
export async function afterSignIn(db: Driver, opened: OpenedSession): Promise<Change[]> {
  return [await noteSignIn(db, opened), ...await endSurplus(db, opened.userId)];
}

async function noteSignIn(
  db: Driver,
  { id, userId, session, now }: OpenedSession,
): Promise<Change> {
  const { device, address, way = "password", confirmedBy = null } = session;
  if (!await isKnownPlace(db, { id, userId, session })) {
    await tellOwner(db, { kind: "sign_in", userId, detail: { device, address, at: now }, now });
  }
  await db.run("DELETE FROM sign_ins WHERE user_id = ? AND at < ?", [userId, now - NEWS]);
  await db.run(
    `DELETE FROM sign_ins WHERE id IN (
       SELECT i.id FROM sign_ins AS i WHERE i.user_id = ? ORDER BY i.id DESC LIMIT 10 OFFSET ?
     )`,
    [userId, KEPT - 1],
  );
  await db.run(
    `INSERT INTO sign_ins (id, user_id, at, device, address, way, confirmed_by)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, userId, now, device, address, way, confirmedBy],
  );
  const signIn: SignIn = { id, at: now, device, address, way, ended: false };
  return { type: "signIn", userId, signIn, confirmedBy };
}

/** A letter for each sign-in would teach people not to read them. */
async function isKnownPlace(
  db: Driver,
  { id, userId, session: { device, address } }: Omit<OpenedSession, "now">,
): Promise<boolean> {
  const row = await db.get(
    `SELECT s.id FROM sessions AS s
     WHERE s.user_id = ? AND s.id <> ? AND s.device = ? AND s.address = ?
     UNION ALL SELECT i.id FROM sign_ins AS i
     WHERE i.user_id = ? AND i.device = ? AND i.address = ? LIMIT 1`,
    [userId, id, device, address, userId, device, address],
  );
  return row !== undefined;
}
