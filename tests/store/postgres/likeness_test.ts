/**
 * Both stores are one: the same random sequence of operations has the same results on SQLite and on
 * PostgreSQL, and leaves the same rows. The seed of a failure replays it.
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ConfabError } from "../../../lib/errors.ts";
import { openSqliteUpkeep } from "../../../lib/store/sqlite/upkeep.ts";
import type { Store } from "../../../lib/store/store.ts";
import { runChecks } from "../../../lib/store/upkeep/check/check.ts";
import { postgresTests } from "../../support/postgres.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { openIn, withFolder } from "../sqlite/support.ts";
import { openStore } from "./nodes.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const test = postgresTests();

const SEEDS = [1, 2, 3, Number(Deno.env.get("FAULT_SEED") ?? 4)];
const STEPS = 400;
const START = 1_700_000_000_000;
const NAMES = ["ann", "ben", "cay", "dan", "eve"];
const TEXTS = [
  "plain",
  "@ann and @ben, not @nobody",
  "@cay.",
  "`@ann` in code",
  "@ann @ann ＠ben",
  "@room, all of you; @cay",
  "is @here anybody?",
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
      assert.deepEqual(await faultsOf(path), [], `seed ${seed}`);
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

/** What an operator's check would find. */
async function faultsOf(path: string): Promise<string[]> {
  const database = openSqliteUpkeep(path, "read");
  try {
    const found = await database.read((db) => runChecks(db, () => {}));
    return found.map(({ sentence }) => sentence);
  } finally {
    await database.close();
  }
}

const TABLES = [
  ["users", "id"],
  ["rooms", "id"],
  ["members", "room_id, user_id"],
  ["messages", "id"],
  ["message_versions", "id"],
  ["deleted_messages", "message_id"],
  ["mentions", "user_id, room_id, seq"],
  ["group_mentions", "message_id"],
  ["drafts", "user_id, room_id, thread_id"],
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
  const planned = plans(random, { userId, room, message, text, now });
  const own = ownThings(random, { userId, room, message, text, now });
  return random.pick<Step>([
    written,
    written,
    written,
    planned,
    planned,
    planned,
    own,
    own,
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
    [(s) => s.threadStates({ room, roots: [message], userIds: [userId, other] })],
    [(s) => s.restoreMessage({ userId, message, now })],
    [(s) => s.restoreMessage({ userId, message, now })],
    [(s) => s.listVersions({ userId, message })],
    [(s) => s.purgeDeleted({ before: now - 11_000 })],
    [(s) => s.markUnread({ userId, room, seq })],
    [(s) => s.listSeen({ userId, room })],
    [(s) => snapshotOf(s, userId).then(({ rooms, threads, later }) => ({ rooms, threads, later }))],
    [(s) => s.rememberRoom({ userId, room })],
    [(s) => s.addMember({ actorId: userId, room, userId: other, now })],
    [(s) => s.addMember({ actorId: userId, room, userId, now })],
    [(s) => s.removeMember({ actorId: userId, room, userId: other })],
    [(s) => s.updateMembership({ userId, room, hidden: often })],
    [(s) => s.updateMembership({ userId, room, favourite: often })],
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

interface Place {
  userId: number;
  room: number;
  message: number;
  text: string;
  now: number;
}

/** What is to happen later, and what the queue does with it. */
function plans(random: Random, { userId, room, message, text, now }: Place): Step {
  const at = now + (random.below(30) - 2) * 1_000;
  const id = 1 + random.below(20);
  const clientId = random.below(5) === 0 ? `again-${random.below(20)}` : random.id();
  const replyTo = random.below(3) === 0 ? message : null;
  const threadOnly = replyTo !== null && random.below(2) === 0;
  const code = "forbidden";
  return random.pick<Step>([
    [(s) => s.scheduleMessage({ userId, room, clientId, text, replyTo, threadOnly, at, now })],
    [(s) => s.scheduleMessage({ userId, room, clientId, text, replyTo: null, at, now })],
    [(s) => s.changeScheduled({ userId, id, text, now })],
    [(s) => s.changeScheduled({ userId, id, at, now })],
    [(s) => s.cancelScheduled({ userId, id })],
    [(s) => s.sendScheduled({ userId, id, most: 8_000, online: [1, 3], now })],
    [(s) => s.sendScheduled({ userId: null, id, most: 8_000, online: [1, 3], now })],
    [(s) => s.sendScheduled({ userId: null, id, most: 8_000, online: [1, 3], now })],
    [(s) => s.failScheduled({ id, code, now })],
    [(s) => s.listScheduled({ userId })],
    [(s) => s.remind({ userId, message, at, now })],
    [(s) => s.remind({ userId, message, at, now })],
    [(s) => s.dropReminder({ userId, message })],
    [(s) => s.tellReminder({ id, now })],
    [(s) => s.listReminders({ userId })],
    [(s) => s.takeJobs({ kinds: ["scheduled", "reminder"], now, limit: 3 })],
    [(s) => s.takeJobs({ kinds: ["preview"], now, limit: 3, turns: { served: [id], full: [] } })],
    [(s) => s.jobQueue({ kinds: ["scheduled"], now })],
  ]);
}

/** Drafts and statuses. */
function ownThings(random: Random, { userId, room, message, text, now }: Place): Step {
  const thread = random.below(2) === 0 ? message : null;
  const replyTo = random.below(2) === 0 ? message : null;
  const until = random.below(2) === 0 ? now + random.below(9) * 1_000 : null;
  const status = random.below(3) === 0 ? null : { emoji: "🌴", text: "away", until };
  return random.pick<Step>([
    [(s) => s.setDraft({ userId, room, thread, text, replyTo, now })],
    [(s) => s.setDraft({ userId, room, thread: null, text, replyTo, now })],
    [(s) => s.dropDraft({ userId, room, thread })],
    [(s) => s.findDraft({ userId, room, thread })],
    [(s) => s.listDrafts({ userId })],
    [(s) => s.updateMe({ userId, status })],
    [(s) => s.endStatuses({ now })],
    [(s) => s.nextStatusEnd()],
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
    return (store: Store) =>
      store.sendMessage({ ...place, clientId, text, replyTo, threadOnly, online: [1, 2] });
  });
}

function signUp(store: Store, username: string, now: number): Promise<unknown> {
  const session = { device: "test", address: "192.0.2.1", expiresAt: now + 3_600_000 };
  const account = { username, displayName: username, passwordHash: "hash", session };
  return store.createAccount({ ...account, firstOnly: false, now });
}
