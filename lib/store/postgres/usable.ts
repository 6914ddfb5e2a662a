/** Whether a PostgreSQL server and database are fit for Confab, before anything is written. */
import type { Connection } from "../../postgres/connection.ts";

/** The oldest that is supported by its makers, and by Confab's tests. */
const OLDEST = 14;

interface Facts {
  number: number;
  version: string;
  encoding: string;
  standby: number;
  temporary: number;
  synced: string;
}

/** Throws with a sentence for the operator. Returns what the operator should think about. */
export async function requireUsable(connection: Connection): Promise<string | null> {
  const { rows: [facts] } = await connection.query<Facts>({
    text: `SELECT current_setting('server_version_num')::bigint AS number,
      current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
      pg_is_in_recovery() AS standby,
      has_database_privilege(current_database(), 'TEMPORARY') AS temporary, current_setting('fsync') AS synced`,
  });
  const { number, version, encoding, standby, temporary, synced } = facts!; // it always answers one row
  if (Math.floor(number / 10_000) < OLDEST) {
    throw new Error(
      `it is PostgreSQL ${version.split(" ")[0]}, but Confab needs ${OLDEST} or later`,
    );
  }
  if (encoding !== "UTF8") {
    throw new Error(
      `it keeps texts in ${encoding}, which lacks most of the world's letters; make the database ` +
        "with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
    );
  }
  if (standby) throw new Error("it is a standby, which takes no writes; name the primary server");
  if (!temporary) {
    throw new Error(
      "its role may make no temporary table, in which each node keeps which rooms it serves; allow " +
        "it with: GRANT TEMPORARY ON DATABASE … TO …",
    );
  }
  return synced === "on" ? null : "its fsync is off: a power failure destroys its data";
}
