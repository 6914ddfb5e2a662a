/** Several stores over one PostgreSQL database, as several nodes have them, and a hand in between. */
import { readAddress } from "../../../lib/postgres/address.ts";
import { Connection } from "../../../lib/postgres/connection.ts";
import type { Change, Store } from "../../../lib/store/store.ts";
import { openPostgresStore } from "../../../lib/store/postgres/store.ts";
import { Stage } from "../../contract/store/stage.ts";
import { eventually } from "../../support/eventually.ts";
import { createChatDatabase } from "../../support/chat_database.ts";
import { type Postgres, postgresTests } from "../../support/postgres.ts";

export interface Nodes {
  /** A stage for each node; they share their people and rooms. */
  stages: Stage[];
  /** The first two of them. */
  one: Stage;
  two: Stage;
  url: string;
  postgres: Postgres;
  logged: string[];
  /** A connection besides all nodes, in which a test begins a transaction and lets it wait. */
  hand(): Promise<Connection>;
  /** Resolves when so many sessions wait for a lock. */
  waiting(sessions?: number): Promise<void>;
}

/** For a file of tests: each has a database of its own, with two nodes or more. */
export function nodesTests() {
  const test = postgresTests();
  return (name: string, run: (nodes: Nodes) => Promise<void>, count = 2): void =>
    test(name, async (postgres) => {
      const url = await createChatDatabase(postgres);
      const hands: Connection[] = [];
      const logged: string[] = [];
      const stages: Stage[] = [];
      for (let i = 0; i < count; i++) stages.push(await openNode(url, logged));
      const [one, two] = stages as [Stage, Stage];
      const hand = async () => {
        const connection = await Connection.open(readAddress(url, {}));
        hands.push(connection);
        return connection;
      };
      const waiting = (sessions = 1) =>
        eventually(async () => {
          const found = await postgres.query(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
          );
          if (Number(found) < sessions) throw new Error(`${found} of ${sessions} wait`);
        });
      try {
        await run({ stages, one, two, url, postgres, logged, hand, waiting });
      } finally {
        await Promise.all(hands.map((connection) => connection.close()));
        await Promise.all(stages.map(({ store }) => store.close()));
      }
    });
}

/** Its clientIds and its clock are its own: what two nodes make is told apart. */
async function openNode(url: string, logged: string[]): Promise<Stage> {
  const stage = new Stage();
  const prefix = crypto.randomUUID().slice(0, 8);
  const clientId = stage.clientId.bind(stage);
  stage.clientId = () => `${prefix}-${clientId()}`;
  stage.store = await openStore(url, logged, (changes) => {
    stage.commits.push(changes);
    stage.onCommit(changes);
  });
  return stage;
}

export async function openStore(
  url: string,
  logged: string[],
  onCommit: (changes: Change[]) => void,
): Promise<Store> {
  const { store } = await openPostgresStore({
    address: readAddress(url, {}),
    onCommit,
    randomId: () => crypto.randomUUID(),
    secret: null,
    randomSecret: () => crypto.randomUUID(),
    log(message, detail) {
      if (/fsync is off/.test(detail)) return; // the tests' servers need not survive the power
      logged.push(`${message} ${detail}`);
    },
  });
  return store;
}

/** Of every room: its head is the count of its revisions, and no place is given twice. */
export async function unsoundRooms(postgres: Postgres, url: string): Promise<string> {
  return await postgres.query(
    `SELECT r.id, r.head, count(x.id), max(x.rev), count(DISTINCT x.seq) FROM rooms AS r
     LEFT JOIN messages AS x ON x.room_id = r.id GROUP BY r.id
     HAVING coalesce(max(x.rev), 0) <> r.head OR count(DISTINCT x.seq) <> count(x.id)
       OR coalesce(max(x.seq), 0) > r.head OR count(x.id) > r.head`,
    url,
  );
}
