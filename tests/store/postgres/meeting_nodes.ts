/** Several stores over one database, as several nodes have them, and a way to make them meet. */
import { readAddress } from "../../../lib/postgres/address.ts";
import { openPostgresStore } from "../../../lib/store/postgres/store.ts";
import type { Change, Store } from "../../../lib/store/store.ts";
import type { Postgres } from "../../support/postgres.ts";

export interface Node {
  store: Store;
  /** What it has announced. */
  changes: Change[];
  /** What it has logged. */
  logged: string[];
}

export interface Nodes extends AsyncDisposable {
  one: Node;
  two: Node;
  url: string;
  /** Runs SQL beside them. */
  sql(text: string): Promise<string>;
  /**
   * From now on, whoever does this to a row of the table stands still for a moment before it, so
   * that others overtake: what was read before may be wrong by then.
   */
  slow(what: "INSERT" | "UPDATE" | "DELETE", table: string): Promise<void>;
  /** The same, but before the commit: when everything is read and written, and nobody sees it. */
  slowCommit(what: "INSERT" | "UPDATE" | "DELETE", table: string): Promise<void>;
  /** Until something stands still there; "done" may come first where the machine is slow. */
  standingStill(done: Promise<unknown>): Promise<void>;
}

/** Milliseconds: longer than anything else takes that happens at the same time. */
const MOMENT = 250;

const STAND_STILL = `
  CREATE OR REPLACE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_sleep(${MOMENT / 1000});
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END $$;`;

export async function openNode(url: string): Promise<Node> {
  const [changes, logged]: [Change[], string[]] = [[], []];
  const { store } = await openPostgresStore({
    address: readAddress(url, {}),
    onCommit: (committed) => void changes.push(...committed),
    randomId: () => crypto.randomUUID(),
    secret: null,
    randomSecret: () => crypto.randomUUID(),
    log: (message, detail) => void logged.push(`${message} ${detail}`),
  });
  return { store, changes, logged };
}

export async function openNodes(postgres: Postgres): Promise<Nodes> {
  const url = await postgres.createDatabase();
  const [one, two] = [await openNode(url), await openNode(url)];
  const sql = (text: string) => postgres.query(text, url);
  return {
    one,
    two,
    url,
    sql,
    async slow(what, table) {
      await sql(`${STAND_STILL} CREATE TRIGGER slow_${what}_${table} BEFORE ${what} ON ${table}
        FOR EACH ROW EXECUTE FUNCTION stand_still()`);
    },
    async slowCommit(what, table) {
      await sql(`${STAND_STILL} CREATE CONSTRAINT TRIGGER late_${what}_${table}
        AFTER ${what} ON ${table} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION stand_still()`);
    },
    async standingStill(done) {
      let over = false;
      const end = () => void (over = true);
      done.then(end, end);
      const sleeping = `SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'`;
      while (!over && await sql(sleeping) === "0");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([one.store.close(), two.store.close()]);
    },
  };
}

/** Long enough for what was begun before to have read what it goes by, and less than a moment. */
export function aLittleLater(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, MOMENT / 2.5));
}
