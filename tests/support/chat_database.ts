/**
 * PostgreSQL databases that hold a chat nobody has come to yet: copies of one whose schema was made
 * once, since its steps take the server a quarter of a second and hundreds of tests need one. Not
 * for tests of how a database gets its schema.
 */
import { readAddress } from "../../lib/postgres/address.ts";
import { prepareDatabase } from "../../lib/store/postgres/open.ts";
import type { Postgres } from "./postgres.ts";

const ORIGINAL = "original_chat";

const originals = new WeakMap<Postgres, Promise<void>>();

/** The URL of a database with the newest schema, whose chat takes its names from who opens it. */
export async function createChatDatabase(postgres: Postgres): Promise<string> {
  const made = originals.get(postgres) ?? makeOriginal(postgres);
  originals.set(postgres, made);
  await made;
  return await postgres.createDatabase(undefined, ORIGINAL);
}

async function makeOriginal(postgres: Postgres): Promise<void> {
  await postgres.query(`CREATE DATABASE "${ORIGINAL}"`);
  const url = postgres.url.replace(/[^/]+$/, ORIGINAL);
  await prepareDatabase(readAddress(url, {}), {
    newEpoch: crypto.randomUUID(),
    secret: null,
    madeSecret: crypto.randomUUID(),
    report() {},
  });
  // Names and the secret are given by the first that opens a new database: each copy is one.
  await postgres.query("DELETE FROM meta WHERE key <> 'compatible_from'", url);
}
