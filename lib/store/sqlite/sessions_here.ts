/**
 * Finds sessions on the thread of who asks. Each request begins with that question, and a message to
 * a Worker costs ten times what its answer does (docs/decisions/0062). It is asked of the database
 * each time, so that a session that has ended is over at once, whoever ended it, and with a
 * connection that waits for nobody: where that fails, the Worker is asked. It knows no other
 * question.
 */
import { DatabaseSync } from "node:sqlite";
import { getSession } from "../operations/sessions.ts";
import type { Store } from "../store.ts";
import { SqliteDriver } from "./driver.ts";

/** The pages that a few thousand people's rows and sessions are on. */
const CACHE_KIB = 512;

const PRAGMAS = `
  PRAGMA busy_timeout = 0;
  PRAGMA query_only = ON;
  PRAGMA cache_size = -${CACHE_KIB};`;

type Open = { db: DatabaseSync; driver: SqliteDriver };

export class SessionsHere {
  /** Null: not yet, or not any more. */
  #open: Open | null = null;
  #mayOpen = true;

  /** @param path of a database that is ready */
  constructor(private readonly path: string) {}

  /** Rejects if it cannot say; the Worker may. */
  async find(
    input: Parameters<Store["getSession"]>[0],
  ): Promise<Awaited<ReturnType<Store["getSession"]>>> {
    return await getSession.run(this.#connection().driver, input);
  }

  close(): void {
    this.#mayOpen = false;
    this.#open?.db.close();
    this.#open = null;
  }

  #connection(): Open {
    if (this.#open !== null) return this.#open;
    if (!this.#mayOpen) throw new Error("The database is not open on this thread.");
    // Once: a file that cannot be opened would be tried again by each request.
    this.#mayOpen = false;
    const db = new DatabaseSync(this.path, { readOnly: true });
    db.exec(PRAGMAS);
    return this.#open = { db, driver: new SqliteDriver(db) };
  }
}
