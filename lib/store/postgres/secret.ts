/**
 * The secret that signs sessions is the same on every node: the one of the settings, or one that the
 * database keeps. Nodes that run with another one are noticed before they sign anybody out.
 */
import { ADVISORY_LOCKS } from "../../postgres/advisory_locks.ts";
import type { Connection } from "../../postgres/connection.ts";
import type { Driver } from "../driver.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Nodes with different secrets use one database; the message is for the operator. */
export class OtherSecret extends Error {
  override readonly name = "OtherSecret";

  constructor() {
    super(
      "Other nodes that use this database have another secret, so that nobody who signs in at one " +
        "would be known at the other: give all of them the same CONFAB_SECRET, or none, and the " +
        "database keeps one. To change it, stop all nodes first.",
    );
  }
}

/** The one that the database keeps; `made` if it keeps none yet. */
export async function keptSecret(db: Driver, made: string): Promise<Bytes> {
  await db.run(
    "INSERT INTO meta (key, value) VALUES ('secret', ?) ON CONFLICT (key) DO NOTHING",
    [made],
  );
  const row = await db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'secret'", []);
  return new TextEncoder().encode(row!.value); // there is one now
}

/**
 * As long as this connection lives, other nodes see what secret this one has, by a part of its
 * digest that is too short to find the secret by.
 */
export async function showSecret(connection: Connection, secret: Bytes): Promise<void> {
  const values = [ADVISORY_LOCKS.secret, await markOf(secret)];
  await connection.query({ text: "SELECT pg_advisory_lock_shared($1, $2)", values });
}

/** Called once it is shown: of two that start at once, at least one sees the other. */
export async function refuseOtherSecret(connection: Connection, secret: Bytes): Promise<void> {
  const { rows } = await connection.query({
    text: `SELECT 1 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory'
        AND l.classid = $1 AND l.objid <> $2 AND l.objsubid = 2 LIMIT 1`,
    values: [ADVISORY_LOCKS.secret, await markOf(secret)],
  });
  if (rows.length > 0) throw new OtherSecret();
}

async function markOf(secret: Bytes): Promise<number> {
  const name = new TextEncoder().encode("confab: which secret ");
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([...name, ...secret]));
  return new DataView(digest).getUint32(0) >>> 1; // an int4 that is not negative
}
