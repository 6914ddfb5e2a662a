/** What a node sees of others' writes through its watching connection, on a real server. */
import assert from "node:assert/strict";
import { Tail } from "../../../lib/bus/tail.ts";
import { eventLoop } from "../../../lib/event_loop.ts";
import { readAddress } from "../../../lib/postgres/address.ts";
import { Connection } from "../../../lib/postgres/connection.ts";
import { prepareDatabase } from "../../../lib/store/postgres/open.ts";
import { openWatch, type Watch, type WatchedRooms } from "../../../lib/store/postgres/watch.ts";
import { type Postgres, postgresTests } from "../../support/postgres.ts";

const postgresTest = postgresTests();

interface Stage {
  postgres: Postgres;
  url: string;
  watch: Watch;
  /** A connection of another node. */
  open(): Promise<Connection>;
}

function test(name: string, run: (stage: Stage) => Promise<void>): void {
  postgresTest(name, async (postgres) => {
    const url = await postgres.createDatabase();
    const address = readAddress(url, {})!;
    await prepareDatabase(address, {
      newEpoch: "epoch",
      secret: null,
      madeSecret: "secret",
      report: () => {},
    });
    const watch = await openWatch(address);
    const others: Connection[] = [];
    const open = async () => {
      const connection = await Connection.open(address);
      others.push(connection);
      return connection;
    };
    try {
      await run({ postgres, url, watch, open });
    } finally {
      await watch.close();
      for (const other of others) await other.close();
    }
  });
}

const INSERT = "INSERT INTO events (body) VALUES ($1) RETURNING id";

async function insert(on: Connection, what: string): Promise<number> {
  const { rows } = await on.query<{ id: number }>({ text: INSERT, values: [JSON.stringify(what)] });
  return rows[0]!.id;
}

async function follow(watch: Watch) {
  const told: string[] = [];
  const tail = new Tail<string>({
    read: (mark) => watch.newEvents(mark),
    wake: () => {},
    every: eventLoop.every,
    log: (message, error) => assert.fail(`${message}: ${error}`),
  });
  tail.subscribe({
    happened: (events) => void told.push(...events),
    looked: () => {},
    lost: () => void told.push("lost"),
  });
  await tail.start();
  return { tail, told };
}

test("an event that commits late is told, although a later one was read before it", async ({ watch, open }) => {
  const [early, late] = [await open(), await open()];
  const { tail, told } = await follow(watch);
  await late.query({ text: "BEGIN" });
  const first = await insert(late, "began first");
  const second = await insert(early, "committed first");
  assert.ok(first < second);
  await tail.look();
  assert.deepEqual(told, ["committed first"]);
  await late.query({ text: "COMMIT" });
  await tail.look();
  await tail.look();
  assert.deepEqual(told, ["committed first", "began first"]);
});

test("of what depends on each other the order is that of commits, however long they wait", async ({ watch, open, postgres, url }) => {
  await postgres.query("INSERT INTO meta (key, value) VALUES ('lock', '')", url);
  const nodes = await Promise.all([open(), open(), open()]);
  const { tail, told } = await follow(watch);
  const written: string[] = [];
  const looking = { goes: true };
  const looks = (async () => {
    while (looking.goes) await tail.look();
  })();
  await Promise.all(nodes.map(async (node, index) => {
    for (let turn = 0; turn < 40; turn++) {
      await node.query({ text: "BEGIN" });
      await node.query({ text: "SELECT value FROM meta WHERE key = 'lock' FOR UPDATE" });
      const what = `${index} ${turn}`;
      await insert(node, what);
      written.push(what);
      await node.query({ text: turn % 7 === 3 ? "ROLLBACK" : "COMMIT" });
    }
  }));
  looking.goes = false;
  await looks;
  await tail.look();
  assert.deepEqual(told, written.filter((what) => Number(what.split(" ")[1]) % 7 !== 3));
});

test("a node that was away longer than events are kept is told that it lost some", async ({ watch, open, postgres, url }) => {
  const other = await open();
  const { mark } = await watch.newEvents(null);
  await insert(other, "seen");
  const [at = "", snapshot = ""] = mark.split(" ");
  assert.equal((await watch.newEvents(mark)).lost, false);
  assert.equal((await watch.newEvents(`${Number(at) - 400_000} ${snapshot}`)).lost, false);
  assert.equal((await watch.newEvents(`${Number(at) - 540_000} ${snapshot}`)).lost, true);
  assert.equal((await watch.newEvents(`${at} 900000000:900000000:`)).lost, true, "another server");
  await postgres.query("UPDATE events SET at = at - 599000", url);
  await watch.trim();
  assert.equal(await postgres.query("SELECT count(*) FROM events", url), "1");
  await postgres.query("UPDATE events SET at = at - 2000", url);
  await watch.trim();
  assert.equal(await postgres.query("SELECT count(*) FROM events", url), "0");
});

/** A list that is told of its differences as the hub's is. */
function listOf(heads: Map<number, number>) {
  let come: [number, number][] = [...heads];
  let gone: number[] = [];
  const list: WatchedRooms & { whole: number } = {
    whole: 0,
    takeAll() {
      list.whole += 1;
      [come, gone] = [[], []];
      return [...heads];
    },
    takeDifferences() {
      const taken = { come, gone };
      [come, gone] = [[], []];
      return taken;
    },
  };
  return {
    list,
    add: (room: number, head: number) => void come.push([room, head]),
    remove: (room: number) => void gone.push(room),
  };
}

test("rooms that moved are told once, those that nobody is in are not", async ({ watch, postgres, url }) => {
  await postgres.query(
    `INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
       created_at) VALUES (1, 'ann', 'ann', 'ann', 'ann', 'member', '', 0);
     INSERT INTO rooms (id, kind, name, name_key, head, created_by, created_at)
       SELECT n, 'private', 'r', 'r', 10, 1, 0 FROM generate_series(2, 60) AS n`,
    url,
  );
  const { list, add, remove } = listOf(new Map([[2, 10], [3, 8], [4, 10]]));
  assert.deepEqual(await watch.moved(list), [[3, 10]], "behind from the start");
  assert.deepEqual(await watch.moved(list), []);
  await postgres.query("UPDATE rooms SET head = head + 1 WHERE id IN (2, 4, 5)", url);
  add(5, 10);
  remove(4);
  const moved = await watch.moved(list);
  assert.deepEqual(moved.sort(), [[2, 11], [5, 11]]);
  assert.deepEqual(await watch.moved(list), []);
  assert.equal(list.whole, 1);
});

test("a lost connection comes back, with the whole list and no event missed", async ({ watch, open, postgres, url }) => {
  await postgres.query(
    `INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
       created_at) VALUES (1, 'ann', 'ann', 'ann', 'ann', 'member', '', 0);
     INSERT INTO rooms (id, kind, name, name_key, head, created_by, created_at)
       VALUES (2, 'private', 'r', 'r', 10, 1, 0)`,
    url,
  );
  const other = await open();
  const { tail, told } = await follow(watch);
  const { list } = listOf(new Map([[2, 10]]));
  assert.deepEqual(await watch.moved(list), []);
  const mine = "pid <> pg_backend_pid() AND query LIKE '%confab_sweep%'";
  await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${mine}`, url);
  await insert(other, "meanwhile");
  await postgres.query("UPDATE rooms SET head = 11", url);
  while (!await tail.look()) await new Promise((resolve) => eventLoop.after(20, () => resolve(0)));
  assert.deepEqual(told, ["meanwhile"]);
  assert.deepEqual(await watch.moved(list), [[2, 11]]);
  assert.equal(list.whole, 2);
});
