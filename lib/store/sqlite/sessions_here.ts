/**
 * Finds sessions on the thread of who asks. Each request begins with that question, and a message to
 * a Worker costs ten times what its answer does (docs/decisions/0062). It is asked of the database
 * each time, so that a session that has ended is over at once, whoever ended it, and with a
 * connection that waits for nobody: where that fails, the Worker is asked. It knows no other
 * question.
 */
import { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import { SqliteDriver } from "./driver.ts";

/** The pages that a few thousand people's rows and sessions are on. */
const CACHE_KIB = 512;

const PRAGMAS = `
  PRAGMA busy_timeout = 0;
  PRAGMA query_only = ON;
  PRAGMA cache_size = -${CACHE_KIB};`;

interface Open {
  db: DatabaseSync;
  find(input: Parameters<Store["getSession"]>[0]): ReturnType<Store["getSession"]>;
}

export class SessionsHere {
  #open: Open | null = null;
  /** Tried once: a file that cannot be opened would be tried again by each request. */
  #opening: Promise<Open> | null = null;
  #isClosed = false;

  /** @param path of a database that is ready */
  constructor(private readonly path: string) {}

  /** Rejects if it cannot say; the Worker may. */
  async find(
    input: Parameters<Store["getSession"]>[0],
  ): Promise<Awaited<ReturnType<Store["getSession"]>>> {
    const open = this.#open ?? await (this.#opening ??= this.#begin());
    return await open.find(input);
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.db.close();
    this.#open = null;
  }

  async #begin(): Promise<Open> {
    // With the first who asks: a start loads nothing of what operations do.
    const { getSession } = await import("../operations/sessions.ts");
    if (this.#isClosed) throw new Error("The database is closed.");
    const db = new DatabaseSync(this.path, { readOnly: true });
    db.exec(PRAGMAS);
    const driver = new SqliteDriver(db);
    return this.#open = { db, find: (input) => getSession.run(driver, input) };
  }
}
