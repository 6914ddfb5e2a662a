/** Opens databases that no server may use while a command has them. Knows no command. */
import type { UpkeepDatabase } from "../../store/upkeep/database.ts";
import { lockDatabase } from "../data_lock.ts";
import type { Terminal } from "./command.ts";
import type { Address } from "./addresses.ts";
import { openDatabase, openPostgres, requireVersion } from "./databases.ts";

export interface AloneDatabase extends AsyncDisposable {
  readonly database: UpkeepDatabase;
}

/** To read a chat of this program's version. Throws `StartError` or `DatabaseRefusal`. */
export async function openAlone(address: Address, terminal: Terminal): Promise<AloneDatabase> {
  if (address.kind === "postgres") {
    const { takeDatabase } = await import("../../store/postgres/alone.ts");
    const database = await openPostgres(address, "read");
    return await keptOpen(database, async () => {
      requireVersion(database, "this");
      await takeDatabase(database);
    });
  }
  const database = await openDatabase(address, { access: "read", version: "this" });
  const stack = new AsyncDisposableStack();
  return await keptOpen(database, async () => {
    stack.use(await lockFile(address.path, terminal));
  }, stack);
}

/** Keeps servers from a SQLite database, as far as the file system can. */
export async function lockFile(path: string, terminal: Terminal): Promise<Disposable> {
  const lock = await lockDatabase(path, Deno.pid);
  for (const each of lock.unprotected) {
    terminal.note(`The file system keeps no locks (${each}): make sure that no Confab runs.\n`);
  }
  return lock;
}

async function keptOpen(
  database: UpkeepDatabase,
  take: () => Promise<void>,
  stack = new AsyncDisposableStack(),
): Promise<AloneDatabase> {
  stack.defer(() => database.close());
  try {
    await take();
  } catch (refused) {
    await stack.disposeAsync();
    throw refused;
  }
  return { database, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
