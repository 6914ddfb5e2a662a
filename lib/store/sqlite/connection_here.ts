/**
 * A connection on the thread of who asks, for what each request begins with: whose session it is,
 * and whether anything was committed since. A message to a Worker costs ten times what these answers
 * do (docs/decisions/0062). They are the database's own each time, so that a session that has ended
 * is over at once, whoever ended it; and the connection waits for nobody: where it fails, the Worker
 * is asked. It knows no other question.
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
  driver: SqliteDriver;
  find(input: Parameters<Store["getSession"]>[0]): ReturnType<Store["getSession"]>;
}

export class ConnectionHere {
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
    return await (this.#open ?? await this.#opened()).find(input);
  }

  /**
   * Another number once anybody has committed anything, this program or another; null where it
   * cannot say.
   */
  async version(): Promise<number | null> {
    try {
      return await (this.#open ?? await this.#opened()).driver.version();
    } catch {
      return null;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.db.close();
    this.#open = null;
  }

  #opened(): Promise<Open> {
    return this.#opening ??= this.#begin();
  }

  async #begin(): Promise<Open> {
    // With the first who asks: a start loads nothing of what operations do.
    const { getSession } = await import("../operations/sessions.ts");
    if (this.#isClosed) throw new Error("The database is closed.");
    const db = new DatabaseSync(this.path, { readOnly: true });
    db.exec(PRAGMAS);
    const driver = new SqliteDriver(db);
    return this.#open = { db, driver, find: (input) => getSession.run(driver, input) };
  }
}
