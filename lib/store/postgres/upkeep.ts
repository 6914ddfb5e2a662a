/**
 * A PostgreSQL database for the operator's commands, also while nodes use it. Nothing is migrated
 * and nothing waits longer than it must: each command has one connection, without limits of time.
 */
import { type PostgresAddress, showAddress } from "../../postgres/address.ts";
import { Connection } from "../../postgres/connection.ts";
import { CannotConnect } from "../../postgres/sentences.ts";
import type { Driver } from "../driver.ts";
import type { Report } from "../migrations/migration.ts";
import { runInTransaction } from "../transaction.ts";
import {
  DatabaseRefusal,
  type Row,
  type RowWriter,
  type UpkeepDatabase,
} from "../upkeep/database.ts";
import { COPIED } from "../upkeep/tables.ts";
import { examine } from "./examine.ts";
import { stateOf } from "./failures.ts";
import { prepareDatabase } from "./open.ts";
import { BEGIN_READING, BEGIN_WRITING, PostgresTransaction } from "./transaction.ts";
import { requireUsable } from "./usable.ts";

export interface PostgresUpkeep extends UpkeepDatabase {
  readonly kind: "postgres";
  readonly address: PostgresAddress;
  readonly connection: Connection;
}

/** Throws `DatabaseRefusal` if the database cannot be used. */
export async function openPostgresUpkeep(
  address: PostgresAddress,
  access: "read" | "write",
): Promise<PostgresUpkeep> {
  let connection: Connection | null = null;
  try {
    connection = await Connection.open(address, { patient: true });
    await requireUsable(connection);
    return await upkeepOf(connection, address, access);
  } catch (thrown) {
    await connection?.close();
    throw refusalOf(thrown, address);
  }
}

/** What the server says becomes a sentence; our own mistakes stay what they are. */
function refusalOf(thrown: unknown, address: PostgresAddress): unknown {
  if (thrown instanceof DatabaseRefusal) return thrown;
  const told = thrown instanceof CannotConnect ? thrown : new CannotConnect(address, thrown);
  return new DatabaseRefusal(told.message, { cause: thrown });
}

async function upkeepOf(
  connection: Connection,
  address: PostgresAddress,
  access: "read" | "write",
): Promise<PostgresUpkeep> {
  const name = showAddress(address);
  const begin = access === "read" ? BEGIN_READING : BEGIN_WRITING;
  const transaction = new PostgresTransaction(connection, begin);
  const rows = rowWriter(connection, name);
  const within = async <T>(step: (db: Driver) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined;
    try {
      await runInTransaction(transaction, async (driver) => {
        result = { value: await step(driver) };
      });
    } catch (thrown) {
      const isTheirs = thrown instanceof Error &&
        (stateOf(thrown) !== null || thrown.name === "ConnectionLost");
      throw isTheirs ? refusalOf(thrown, address) : thrown;
    }
    return result!.value; // the transaction would have thrown
  };
  return {
    kind: "postgres",
    name,
    address,
    connection,
    version: await versionOf(connection),
    read: within,
    write: (step) => within((driver) => step(driver, rows)),
    columnsOf: (table) => columnsOf(connection, table).then((columns) => [...columns.keys()]),
    lastSession: async (db) => (await db.get<{ last: number }>(LAST_SESSION, []))!.last,
    examine: (thoroughly) => examine(connection, thoroughly),
    close: () => connection.close(),
  };
}

async function versionOf(connection: Connection): Promise<number> {
  const { rows: [table] } = await connection.query<{ there: number }>({
    text: "SELECT to_regclass('schema_version') IS NOT NULL AS there",
  });
  if (!table!.there) return 0;
  const { rows: [row] } = await connection.query<{ version: number }>({
    text: "SELECT version FROM schema_version",
  });
  return Number(row?.version ?? 0);
}

/** By name, each with its type. */
async function columnsOf(connection: Connection, table: string): Promise<Map<string, string>> {
  const { rows } = await connection.query<{ name: string; type: string }>({
    text: `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
      ORDER BY attname COLLATE "C"`,
    values: [table],
  });
  return new Map(rows.map(({ name, type }) => [name, type]));
}

const LAST_SESSION = `SELECT GREATEST(
  (SELECT last_value FROM sessions_id_seq),
  COALESCE((SELECT max(id) FROM sessions), 0),
  COALESCE((SELECT max(id) FROM ended_sessions), 0)
) AS last`;

function rowWriter(connection: Connection, database: string): RowWriter {
  return {
    async insert(table, columns, rows) {
      const types = await columnsOf(connection, table);
      const lists = columns.map((column, index) => `$${index + 1}::${types.get(column)}[]`);
      try {
        await connection.query({
          text: `INSERT INTO ${table} (${columns.join(", ")})
            SELECT * FROM unnest(${lists.join(", ")})`,
          values: columns.map((column) => rows.map((row) => row[column])),
        });
      } catch (thrown) {
        throw refusedRow(thrown, { table, row: rows[0], database });
      }
    },
    async empty(tables) {
      await connection.query({ text: "SET LOCAL lock_timeout = '10s'" });
      await connection.query({ text: `TRUNCATE ${tables.join(", ")}` });
    },
    async settleIds(session) {
      for (const { name, identity } of COPIED) {
        if (identity !== true) continue;
        const last = name === "sessions" ? session : 0;
        await connection.query({
          text: `SELECT setval(pg_get_serial_sequence($1, 'id'), last.id)
            FROM (SELECT GREATEST(max(id), $2) AS id FROM ${name}) AS last WHERE last.id > 0`,
          values: [name, last],
        });
      }
      // Until the server looks by itself, it would read all rows for each question.
      for (const { name } of COPIED) await connection.query({ text: `ANALYZE ${name}` });
    },
  };
}

/** A text that PostgreSQL cannot keep, such as one with a zero character. */
function refusedRow(
  thrown: unknown,
  { table, row, database }: { table: string; row: Row | undefined; database: string },
): unknown {
  const state = stateOf(thrown);
  if (state === null || !/^2[23]/.test(state)) return thrown;
  const id = row?.id === undefined ? "" : ` (of those from id ${row.id} on)`;
  return new DatabaseRefusal(
    `${database} refuses a row of ${table}${id}: ${(thrown as Error).message}.`,
    { cause: thrown },
  );
}

/** Brings the schema to this program's version, as a node that starts does. */
export async function makeSchema(address: PostgresAddress, report: Report): Promise<void> {
  try {
    await prepareDatabase(address, {
      newEpoch: crypto.randomUUID(),
      // None is kept: a node that starts makes one, if the chat that is copied brings none.
      secret: new Uint8Array(),
      madeSecret: "",
      report,
    });
  } catch (thrown) {
    throw refusalOf(thrown, address);
  }
}
