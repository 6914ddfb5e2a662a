/**
 * Opens the databases that commands work on. Knows which kinds there are; what a command does with
 * one is the command's.
 */
import { atStart } from "./addresses.ts";
import { SCHEMA_VERSION } from "../../store/migrations/schema_version.ts";
import type { PostgresUpkeep } from "../../store/postgres/upkeep.ts";
import { openSqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { DatabaseRefusal, type UpkeepDatabase } from "../../store/upkeep/database.ts";
import type { PostgresDatabase } from "../config/values.ts";
import { demandPermission, folderOf } from "../data_folder.ts";
import type { Address } from "./addresses.ts";

export interface OpenOptions {
  access: "read" | "write";
  /** Of the schema: any that this program knows, or its own. */
  version: "any" | "this";
}

export async function openDatabase(
  address: Address,
  { access, version }: OpenOptions,
): Promise<UpkeepDatabase> {
  const database = await openAsItIs(address, access);
  try {
    requireVersion(database, version);
    return database;
  } catch (refused) {
    await database.close();
    throw refused;
  }
}

/** Whatever is in it. */
async function openAsItIs(address: Address, access: "read" | "write"): Promise<UpkeepDatabase> {
  if (address.kind === "postgres") return await openPostgres(address, access);
  await demandPermission(folderOf(address.path));
  return openSqliteUpkeep(address.path, access);
}

/** Its client is large, and loaded only here. */
export async function openPostgres(
  { address }: PostgresDatabase,
  access: "read" | "write",
): Promise<PostgresUpkeep> {
  const { openPostgresUpkeep } = await import("../../store/postgres/upkeep.ts");
  return await openPostgresUpkeep(address, access);
}

/** Runs `step` on a database that is closed afterwards. */
export async function withDatabase<T>(
  address: Address,
  options: OpenOptions,
  step: (database: UpkeepDatabase) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(address, options);
  try {
    return await step(database);
  } finally {
    await database.close();
  }
}

/** Throws `DatabaseRefusal` unless this program understands what is in it. */
export function requireVersion(
  { name, version }: UpkeepDatabase,
  wanted: OpenOptions["version"],
): void {
  if (version === 0) throw new DatabaseRefusal(`${atStart(name)} holds no Confab chat.`);
  if (version < 0) {
    throw new DatabaseRefusal(
      `A chat is being copied into ${name}, or that was interrupted: run that "migrate" again.`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new DatabaseRefusal(
      `A newer Confab wrote ${name}: its schema is version ${version}, and this one knows ` +
        `versions up to ${SCHEMA_VERSION}. Use the newer one.`,
    );
  }
  if (wanted === "this" && version < SCHEMA_VERSION) {
    throw new DatabaseRefusal(
      `An older Confab wrote ${name}: start this one on it once, which brings it up to date.`,
    );
  }
}
