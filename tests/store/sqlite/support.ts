/** Temporary SQLite stores for the tests beside this file. */
import type { DatabaseSync } from "node:sqlite";
import { BatchWriter } from "../../../lib/store/commit/batch.ts";
import type { Batch, BatchOutcome } from "../../../lib/store/commit/wire.ts";
import type { Change, Store } from "../../../lib/store/store.ts";
import type { SqliteDriver } from "../../../lib/store/sqlite/driver.ts";
import { openWriter } from "../../../lib/store/sqlite/open.ts";
import { openSqliteStore, type SqliteStoreOptions } from "../../../lib/store/sqlite/store.ts";

export interface TemporaryStore {
  store: Store;
  path: string;
  commits: Change[][];
  logged: string[];
}

/** Runs a test in a folder of its own, which is removed afterwards. */
export async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "confab-sqlite-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export async function openIn(
  folder: string,
  more: Partial<SqliteStoreOptions> = {},
): Promise<TemporaryStore> {
  const commits: Change[][] = [];
  const logged: string[] = [];
  const path = `${folder}/confab.db`;
  const store = await openSqliteStore({
    path,
    randomId: () => "epoch-1",
    onCommit: (changes) => commits.push(changes),
    log: (message, detail) => logged.push(`${message} ${detail}`),
    ...more,
  });
  return { store, path, commits, logged };
}

export function withStore(
  run: (temporary: TemporaryStore) => Promise<void>,
  more: Partial<SqliteStoreOptions> = {},
): Promise<void> {
  return withFolder(async (folder) => {
    const temporary = await openIn(folder, more);
    try {
      await run(temporary);
    } finally {
      await temporary.store.close();
    }
  });
}

/** A connection that writes, on this thread, and who runs batches on it. */
export interface WritingStage {
  path: string;
  db: DatabaseSync;
  driver: SqliteDriver;
  write(batch: Batch): Promise<BatchOutcome>;
}

export function withWriter(run: (on: WritingStage) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const path = `${folder}/confab.db`;
    const transaction = await openWriter(path, "epoch-1");
    const writer = new BatchWriter(transaction);
    const { db, driver } = transaction;
    try {
      await run({ path, db, driver, write: (batch) => writer.write(batch) });
    } finally {
      transaction.close();
    }
  });
}

export function accountInput(username: string) {
  return {
    username,
    displayName: username,
    passwordHash: "hash",
    session: { device: "", address: "", expiresAt: 2_000_000_000_000 },
    firstOnly: false,
    now: 1_700_000_000_000,
  };
}

export function messageInput(userId: number, text: string, clientId = `client-id-of-${text}-0000`) {
  return { userId, room: 1, clientId, text, replyTo: null, now: 1_700_000_000_001 };
}

export function tested(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true });
}
