/**
 * For tests of the operator's commands: runs one on the real program with the permissions that
 * "deno task start" would grant, and fills a chat with something of everything.
 */
import { DatabaseSync } from "node:sqlite";
import { flagsFor } from "../../lib/program/commands/permissions.ts";
import { SETTINGS } from "../../lib/program/config/settings.ts";
import { migrate } from "../../lib/store/migrations/migrate.ts";
import { MIGRATIONS } from "../../lib/store/migrations/steps.ts";
import { SQLITE_DIALECT } from "../../lib/store/sqlite/driver.ts";
import { openSqliteStore } from "../../lib/store/sqlite/store.ts";
import { SqliteTransaction } from "../../lib/store/sqlite/transaction.ts";
import { runInTransaction } from "../../lib/store/transaction.ts";
import type { Store } from "../../lib/store/store.ts";

const ROOT = new URL("../../", import.meta.url);

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Whose settings: where the chat is. */
export type Env = Record<string, string>;

export async function runCommand(env: Env, ...args: string[]): Promise<CommandResult> {
  return await runWithInput(env, null, ...args);
}

export async function runWithInput(
  env: Env,
  input: string | null,
  ...args: string[]
): Promise<CommandResult> {
  const child = startCommand(env, args, input === null ? "null" : "piped");
  if (input !== null) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  }
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** For tests that end it in the middle. The bundle must have been built. */
export function startCommand(
  env: Env,
  args: readonly string[],
  stdin: "null" | "piped" = "null",
): Deno.ChildProcess {
  const flags = flagsFor(env, args);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P", ...flags, "dist/server/main.js", ...args],
    cwd: ROOT,
    env: { ...unset(), ...env },
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Does nothing if it has ended already. */
export function killNow(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** The settings of whoever runs the tests are not these commands'. */
function unset(): Env {
  return Object.fromEntries(Object.values(SETTINGS).map(({ env }) => [env, ""]));
}

let template: Promise<Uint8Array<ArrayBuffer>> | null = null;

/** A SQLite chat in a folder: see `fillChat`. */
export async function makeChat(path: string): Promise<void> {
  await Deno.writeFile(path, await (template ??= makeTemplate()), { mode: 0o600 });
}

async function makeTemplate(): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir();
  const store = await openSqliteStore({
    path: `${folder}/chat.db`,
    randomId: () => crypto.randomUUID(),
    onCommit: () => {},
    log: () => {},
  });
  await fillChat(store);
  await store.close();
  const bytes = await Deno.readFile(`${folder}/chat.db`);
  await Deno.remove(folder, { recursive: true });
  return bytes;
}

/** As version 5 of the schema had it: one user, who has written once. */
export async function makeOldChat(path: string): Promise<void> {
  const db = new DatabaseSync(path);
  const transaction = new SqliteTransaction(db, "BEGIN IMMEDIATE");
  await migrate({
    dialect: SQLITE_DIALECT,
    transaction: (step) => runInTransaction(transaction, step),
    epoch: "old",
    migrations: MIGRATIONS.slice(0, 5),
  });
  db.exec(`
    INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
      created_at) VALUES (1, 'Ann', 'ann', 'Ann', 'ann', 'owner', 'none', 1);
    INSERT INTO user_words VALUES (1, 'ann');
    INSERT INTO rooms (id, kind, name, name_key, head, member_count, created_by, created_at)
      VALUES (1, 'public', 'general', 'general', 1, 1, 1, 1);
    INSERT INTO members (room_id, user_id, role, read_seq, joined_at) VALUES (1, 1, 'owner', 1, 1);
    INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions, files)
      VALUES (1, 1, 1, 1, 'first', 'hello', 1, '{}', '[]', '[]');`);
  db.close();
}

const HOUR = 3_600_000;

/**
 * Three people, an owner first; a public, a private and two direct rooms; messages that were
 * edited, deleted, reacted to, answered and saved; mentions; a disabled account; ended sessions.
 */
export async function fillChat(store: Store): Promise<void> {
  const now = Date.now();
  const session = { device: "Firefox", address: "192.0.2.1", expiresAt: now + HOUR };
  const join = async (username: string, displayName: string) =>
    (await store.createAccount({
      username,
      displayName,
      passwordHash: "none",
      session,
      firstOnly: false,
      now,
    })).user.id;
  const ann = await join("ann", "Ann Owner");
  const ben = await join("ben", "José García");
  const cid = await join("cid", "Çid 李小龍");
  const send = async (room: number, userId: number, text: string, replyTo: number | null = null) =>
    (await store.sendMessage({ room, userId, text, replyTo, clientId: crypto.randomUUID(), now }))
      .message.id;
  const hello = await send(1, ann, "hello @ben and @cid");
  const answer = await send(1, ben, "hello @ann", hello);
  const wrong = await send(1, cid, "wrong @ann");
  await store.editMessage({ userId: ben, message: answer, text: "hello, @ann & @cid!", now });
  await store.react({ userId: cid, message: hello, emoji: "👍", on: true, now });
  await store.saveMessage({ userId: ben, message: hello, on: true });
  await store.deleteMessage({ userId: cid, message: wrong, now });
  const open = await store.createRoom({
    userId: ann,
    name: "Open",
    kind: "public",
    topic: "",
    now,
  });
  await store.addMember({ actorId: ben, room: open.id, userId: ben, now });
  await store.createRoom({ userId: ben, name: "Secret", kind: "private", topic: "t", now });
  const { room } = await store.openDirect({ userId: ann, users: [ben], now });
  await send(room.id, ann, "between us");
  await store.openDirect({ userId: ann, users: [ben, cid], now });
  for (let count = 0; count < 40; count++) await send(open.id, count % 2 ? ann : ben, `${count}`);
  await planThings(store, { ann, ben, hello, answer, now });
  await store.updateUser({ actorId: ann, userId: cid, disabled: true, now });
}

/** What is one's own, and what is to happen later: no message comes of it. */
async function planThings(
  store: Store,
  { ann, ben, hello, answer, now }: Record<"ann" | "ben" | "hello" | "answer" | "now", number>,
): Promise<void> {
  const draft = { userId: ann, room: 1, replyTo: null, now };
  await store.setDraft({ ...draft, thread: null, text: "not sent yet" });
  await store.setDraft({ ...draft, thread: hello, text: "nor this", replyTo: answer });
  const at = now + HOUR;
  for (const [text, replyTo] of [["tomorrow", null], ["in the thread", hello]] as const) {
    const message = { userId: ben, room: 1, text, replyTo, clientId: crypto.randomUUID() };
    const threadOnly = replyTo !== null;
    await store.scheduleMessage({ ...message, threadOnly, at, now });
  }
  await store.failScheduled({ id: 1, code: "forbidden", now: at });
  await store.remind({ userId: ann, message: hello, at, now });
  await store.remind({ userId: ben, message: hello, at, now });
  await store.tellReminder({ id: 1, now: at });
  await store.updateMembership({ userId: ann, room: 1, favourite: true });
  const status = { emoji: "🌴", text: "away", until: at };
  await store.updateMe({ userId: ben, status, timeZone: "Asia/Tokyo" });
}

/** Every row of every table of a SQLite file, or of some, but for the name of its history. */
export function contentsOf(path: string, only?: string[]): Record<string, unknown[]> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = only?.map((name) => ({ name })) ?? db.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ).all();
    return Object.fromEntries(tables.map(({ name }) => {
      const rows = db.prepare(`SELECT * FROM ${name}`).all().map((row) => JSON.stringify(row));
      // When it was last copied is the place's own, and no part of the copy.
      const kept = rows.filter((row) => !/"(epoch|backed_up_at)"/.test(row));
      return [String(name), kept.sort()];
    }));
  } finally {
    db.close();
  }
}

/** The database's name, the name of its history. */
export function metaOf(path: string): Record<string, string> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = db.prepare("SELECT key, value FROM meta").all();
    return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]));
  } finally {
    db.close();
  }
}

/** Changes a SQLite file behind everybody's back. */
export function changeFile(path: string, ...statements: string[]): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.close();
  }
}

export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "confab-operator-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
