/**
 * Both stores are one: the same random sequence of operations has the same results on SQLite and on
 * PostgreSQL, and leaves the same rows. The seed of a failure replays it.
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ConfabError } from "../../../lib/errors.ts";
import type { Store } from "../../../lib/store/store.ts";
import { postgresTests } from "../../support/postgres.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { openIn, withFolder } from "../sqlite/support.ts";
import { openStore } from "./nodes.ts";

const test = postgresTests();

const SEEDS = [1, 2, 3, Number(Deno.env.get("FAULT_SEED") ?? 4)];
const STEPS = 250;
const START = 1_700_000_000_000;
const NAMES = ["ann", "ben", "cay", "dan", "eve"];
const TEXTS = [
  "plain",
  "@ann and @ben, not @nobody",
  "@cay.",
  "`@ann` in code",
  "@ann @ann ＠ben",
  "",
  "Ж 中 👍 \\ \" { } , NULL 'x'",
];

/** Calls of the store: several are submitted at once, in this order. */
type Step = ((store: Store) => Promise<unknown>)[];

for (const seed of SEEDS) {
  test(`the same happens on SQLite and on PostgreSQL (seed ${seed})`, (postgres) =>
    withFolder(async (folder) => {
      const url = await postgres.createDatabase();
      const logged: string[] = [];
      const theirs = await openStore(url, logged, () => {});
      const { store: ours, path } = await openIn(folder);
      try {
        const random = createRandom(seed);
        for (let at = 0; at < STEPS; at++) {
          const step = nextStep(random, at);
          const [expected, actual] = [await resultsOf(step, ours), await resultsOf(step, theirs)];
          assert.deepEqual(actual, expected, `step ${at} of seed ${seed}`);
        }
      } finally {
        await Promise.all([ours.close(), theirs.close()]);
      }
      using sqlite = new DatabaseSync(path);
      for (const [table, order] of TABLES) {
        const columns = columnsOf(sqlite, table);
        const sql = `SELECT ${columns.join(", ")} FROM ${table} ORDER BY ${order}`;
        const expected = sqlite.prepare(sql).all().map((row) => JSON.stringify(row));
        const found = await postgres.query(`SELECT to_json(found) FROM (${sql}) AS found`, url);
        const actual = found === ""
          ? []
          : found.split("\n").map((row) => JSON.stringify(JSON.parse(row)));
        assert.deepEqual(actual, expected, `${table} after seed ${seed}`);
      }
      assert.deepEqual(logged, []);
    }));
}

const TABLES = [
  ["users", "id"],
  ["rooms", "id"],
  ["members", "room_id, user_id"],
  ["messages", "id"],
  ["mentions", "user_id, room_id, seq"],
  ["thread_marks", "root_id, user_id"],
  ["saved", "user_id, id"],
  ["jobs", "id"],
  ["scheduled", "id"],
  ["reminders", "id"],
  ["audit", "id"],
  ["resets", "token_hash"],
  ["sessions", "id"],
  ["ended_sessions", "id"],
] as const;

function columnsOf(sqlite: DatabaseSync, table: string): string[] {
  const rows = sqlite.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  // An id of `saved` is an order and no name: SQLite gives the last one again.
  return rows.map(({ name }) => String(name)).filter((name) => `${table}.${name}` !== "saved.id");
}

async function resultsOf(step: Step, store: Store): Promise<unknown[]> {
  const settled = await Promise.allSettled(step.map((call) => call(store)));
  return settled.map((outcome) => {
    if (outcome.status === "fulfilled") return outcome.value;
    const { reason } = outcome;
    assert(reason instanceof ConfabError, String(reason));
    return { code: reason.code, message: reason.message, errors: reason.errors };
  });
}

function nextStep(random: Random, at: number): Step {
  const now = START + at * 1_000;
  if (at < NAMES.length) return [(store) => signUp(store, NAMES[at]!, now)];
  const person = () => 1 + random.below(NAMES.length);
  // Everything is drawn before the stores are asked: both are asked the same.
  const [userId, other, third, room] = [person(), person(), person(), 1 + random.below(7)];
  const [message, seq, text] = [1 + random.below(60), random.below(30), random.pick(TEXTS)];
  const [often, seldom, role] = [random.below(3) > 0, random.below(4) === 0, random.pick(ROLES)];
  const written = sends(random, { userId, room, now });
  return random.pick<Step>([
    written,
    written,
    written,
    [(s) => s.editMessage({ userId, message, text, now })],
    [(s) => s.deleteMessage({ userId, message, now })],
    [(s) => s.react({ userId, message, emoji: "👍", on: often, now })],
    [(s) => s.markRead({ userId, room, seq, now })],
    [(s) => s.saveMessage({ userId, message, on: often })],
    [(s) => s.followThread({ userId, message, on: often })],
    [(s) => s.markThreadRead({ userId, message, seq })],
    [(s) => s.titleThread({ userId, message, title: often ? `title ${at}` : null })],
    [(s) => s.thread({ userId, message, anchor: { around: "unread" }, limit: 5 })],
    [(s) => s.listThreads({ userId, unread: often, before: null, limit: 5 })],
    [(s) => s.listTopics({ userId, room, before: null, limit: 5 })],
    [(s) => s.rememberRoom({ userId, room })],
    [(s) => s.addMember({ actorId: userId, room, userId: other, now })],
    [(s) => s.addMember({ actorId: userId, room, userId, now })],
    [(s) => s.removeMember({ actorId: userId, room, userId: other })],
    [(s) => s.updateMembership({ userId, room, hidden: often })],
    [(s) => s.openDirect({ userId, users: [other], now })],
    [(s) => s.openDirect({ userId, users: [other, third], now })],
    [(s) => s.createRoom({ userId, kind: "public", name: `room ${at}`, topic: "", now })],
    [(s) => s.updateRoom({ userId, room, archived: seldom })],
    [(s) => s.updateUser({ actorId: 1, userId: other, disabled: seldom, now })],
    [(s) => s.updateUser({ actorId: 1, userId: other, role, now })],
    [(s) => s.getRoom({ userId, room })],
    [(s) => s.listMembers({ userId, room })],
    [(s) => s.listMessages({ userId, ids: [message, message + 1] })],
    [(s) => s.listSaved({ userId, before: null, limit: 20 })],
  ]);
}

const ROLES = ["admin", "member", "guest"] as const;

/**
 * By one person to one room: what is submitted at once keeps its order. A reply goes alone: a batch
 * mate's id, which nobody can know, is one that SQLite happens to find.
 */
function sends(random: Random, place: { userId: number; room: number; now: number }): Step {
  const replyTo = random.below(4) === 0 ? 1 + random.below(60) : null;
  return Array.from({ length: replyTo === null ? 1 + random.below(4) : 1 }, () => {
    const text = random.pick(TEXTS);
    // Now and then the same again, to the same room or to another.
    const clientId = random.below(5) === 0 ? `again-${random.below(20)}` : random.id();
    const threadOnly = replyTo !== null && random.below(3) === 0;
    return (store: Store) => store.sendMessage({ ...place, clientId, text, replyTo, threadOnly });
  });
}

function signUp(store: Store, username: string, now: number): Promise<unknown> {
  const session = { device: "test", address: "192.0.2.1", expiresAt: now + 3_600_000 };
  const account = { username, displayName: username, passwordHash: "hash", session };
  return store.createAccount({ ...account, firstOnly: false, now });
}
