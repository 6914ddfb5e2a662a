/**
 * Opens the databases that commands work on. Knows which kinds there are; what a command does with
 * one is the command's.
 */
import { AddressError, showAddress, type Variables } from "../../postgres/address.ts";
import { SCHEMA_VERSION } from "../../store/migrations/migrate.ts";
import type { PostgresUpkeep } from "../../store/postgres/upkeep.ts";
import { openSqliteUpkeep } from "../../store/sqlite/upkeep.ts";
import { DatabaseRefusal, type UpkeepDatabase } from "../../store/upkeep/database.ts";
import { type Config, ConfigError } from "../config/config.ts";
import { databaseUrl, type PostgresDatabase } from "../config/values.ts";
import { demandPermission, folderOf } from "../data_folder.ts";

export type Address = Config["database"];

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
  if (version === 0) throw new DatabaseRefusal(`${name} holds no Confab chat.`);
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

/** A database that an operand names. Throws `ConfigError`, which shows nothing of it. */
export function addressOf(operand: string, text: string, env: Variables): Address {
  try {
    const address = databaseUrl(text, env);
    if (address !== undefined) return address;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new ConfigError(`${operand}: ${error.message}`);
  }
  throw new ConfigError(`${operand} must be "sqlite:PATH" or "postgres://USER@HOST/DATABASE".`);
}

/** For sentences: without a password. */
export function nameOf(address: Address): string {
  return address.kind === "sqlite" ? address.path : showAddress(address.address);
}
