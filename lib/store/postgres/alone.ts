/**
 * Keeps nodes away from a database while a command replaces or moves what is in it: refuses where
 * some are connected, and lets none start. Knows no command.
 */
import { ADVISORY_LOCKS } from "../../postgres/advisory_locks.ts";
import { DatabaseRefusal } from "../upkeep/database.ts";
import type { PostgresUpkeep } from "./upkeep.ts";

/**
 * Until the connection is closed, nodes that start wait before they read anything. Throws
 * `DatabaseRefusal` if a node or another such command has the database.
 */
export async function takeDatabase({ connection, name }: PostgresUpkeep): Promise<void> {
  const { rows: [lock] } = await connection.query<{ taken: number }>({
    text: "SELECT pg_try_advisory_lock($1) AS taken",
    values: [ADVISORY_LOCKS.migration],
  });
  if (!lock!.taken) {
    throw new DatabaseRefusal(`Another command, or a node that starts, has ${name}: wait for it.`);
  }
  await refuseNodes({ connection, name });
}

/** Throws `DatabaseRefusal` if a node is connected. */
export async function refuseNodes(
  { connection, name }: Pick<PostgresUpkeep, "connection" | "name">,
): Promise<void> {
  const { rows: nodes } = await connection.query<{ from: string | null }>({
    text: `SELECT host(a.client_addr) AS from FROM pg_locks AS l
      JOIN pg_database AS d ON d.oid = l.database
      JOIN pg_stat_activity AS a ON a.pid = l.pid
      WHERE d.datname = current_database() AND l.locktype = 'advisory'
        AND l.classid = $1 AND l.objsubid = 2 AND l.pid <> pg_backend_pid()`,
    values: [ADVISORY_LOCKS.secret],
  });
  if (nodes.length === 0) return;
  const from = [...new Set(nodes.map((node) => node.from ?? "this machine"))].join(", ");
  throw new DatabaseRefusal(
    `Confab is running on ${name} (${nodes.length === 1 ? "1 node" : `${nodes.length} nodes`}, ` +
      `from ${from}): stop it first.`,
  );
}
