/**
 * What PostgreSQL itself knows of damage: indexes and constraints that do not hold, ids that would
 * be given twice, pages whose checksum was wrong, and where `amcheck` is installed, indexes that
 * do not fit their tables. Changes nothing.
 */
import type { Connection } from "../../postgres/connection.ts";
import { stateOf } from "./failures.ts";
import { COPIED } from "../upkeep/tables.ts";

export async function examine(connection: Connection, thoroughly: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const { sql, sentence } of LOOKS) {
    const { rows } = await connection.query<{ name: string }>({ text: sql });
    found.push(...rows.map(({ name }) => sentence(name)));
  }
  if (!thoroughly) return found;
  return [...found, ...await spentIds(connection), ...await brokenIndexes(connection)];
}

/** By default only superusers may call it. */
const NOT_PERMITTED = "42501";

const OURS = "n.nspname = current_schema()";

const LOOKS: readonly { sql: string; sentence(name: string): string }[] = [
  {
    sql: `SELECT c.relname AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE ${OURS} AND NOT (i.indisvalid AND i.indisready) ORDER BY 1`,
    sentence: (name) => `PostgreSQL does not use the index ${name}: it is not valid.`,
  },
  {
    sql: `SELECT o.conname AS name FROM pg_constraint AS o
      JOIN pg_namespace AS n ON n.oid = o.connamespace
      WHERE ${OURS} AND NOT o.convalidated ORDER BY 1`,
    sentence: (name) => `PostgreSQL has not validated the constraint ${name}.`,
  },
  {
    sql: `SELECT checksum_failures::text AS name FROM pg_stat_database
      WHERE datname = current_database() AND checksum_failures > 0`,
    sentence: (count) => `PostgreSQL has read ${count} pages with a wrong checksum.`,
  },
];

async function spentIds(connection: Connection): Promise<string[]> {
  const found: string[] = [];
  for (const { name, identity } of COPIED) {
    if (identity !== true) continue;
    const { rows: [row] } = await connection.query<{ next: number; last: number }>({
      text: `SELECT s.last_value + CASE WHEN s.is_called THEN 1 ELSE 0 END AS next,
        COALESCE((SELECT max(id) FROM ${name}), 0) AS last FROM ${name}_id_seq AS s`,
    });
    const { next, last } = row!; // a sequence is one row
    if (next > last) continue;
    found.push(
      `The next row of ${name} would get the id ${next}, but ids up to ${last} are taken.`,
    );
  }
  return found;
}

/** Only an operator can install `amcheck`: without it the checks of the rows have to do. */
async function brokenIndexes(connection: Connection): Promise<string[]> {
  const { rows: [installed] } = await connection.query({
    text: "SELECT 1 FROM pg_extension WHERE extname = 'amcheck'",
  });
  if (installed === undefined) return [];
  const { rows: indexes } = await connection.query<{ oid: string; name: string }>({
    text: `SELECT c.oid::text AS oid, c.relname AS name FROM pg_class AS c
      JOIN pg_am AS a ON a.oid = c.relam AND a.amname = 'btree'
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE ${OURS} AND c.relkind = 'i' ORDER BY 2`,
  });
  const found: string[] = [];
  for (const { oid, name } of indexes) {
    try {
      await connection.query({ text: "SELECT bt_index_check($1::oid, true)", values: [oid] });
    } catch (thrown) {
      if (stateOf(thrown) === NOT_PERMITTED) return found;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      found.push(`PostgreSQL says of the index ${name}: ${why}.`);
    }
  }
  return found;
}
