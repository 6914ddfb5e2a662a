/** The check: a chat in order has no fault, and each way in which one breaks is named with its ids. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openSqliteUpkeep } from "../../../lib/store/sqlite/upkeep.ts";
import { openSqliteStore } from "../../../lib/store/sqlite/store.ts";
import { runChecks } from "../../../lib/store/upkeep/check/check.ts";
import { REFERENCES } from "../../../lib/store/upkeep/check/references.ts";
import { NOT_COPIED } from "../../../lib/store/upkeep/tables.ts";
import { changeFile, makeChat, withFolder } from "../../support/operator.ts";

async function checked(path: string): Promise<string[]> {
  const database = openSqliteUpkeep(path, "read");
  try {
    const own = await database.examine(true);
    const found = await database.read((db) => runChecks(db, () => {}));
    return [...own, ...found.map(({ sentence }) => sentence)];
  } finally {
    await database.close();
  }
}

/** What breaks it, and every sentence that then is told. */
const BREAKS: [name: string, statements: string[], ...sentences: string[]][] = [
  [
    "a member count",
    ["UPDATE rooms SET member_count = 7 WHERE id = 1"],
    "Room 1 counts 7 members, and has 3.",
  ],
  [
    "bytes of files that do not add up",
    ["INSERT INTO file_totals (user_id, bytes) VALUES (2, 9), (0, 0)"],
    "User 2's files count 9 bytes, and have 0.",
  ],
  [
    "a membership that vanished",
    ["DELETE FROM members WHERE room_id = 4 AND user_id = 2"],
    "Room 4 counts 2 members, and has 1.",
    "Room 4 is between users 1, 2, and its members are 1.",
  ],
  [
    "half a status, and a hidden time zone",
    [
      "UPDATE users SET status_until = 5 WHERE id = 1",
      "UPDATE users SET hides_time = 1, time_zone = 'Asia/Tokyo' WHERE id = 2",
    ],
    "User 1 has half a status, or a time zone in spite of hiding it.",
    "User 2 has half a status, or a time zone in spite of hiding it.",
  ],
  [
    "a head too high",
    ["UPDATE rooms SET head = 50 WHERE id = 2"],
    "Room 2 has the head 50, and its last change is 40.",
  ],
  [
    "a head too low",
    [
      "UPDATE rooms SET head = 39 WHERE id = 2",
      "UPDATE members SET read_seq = 39 WHERE room_id = 2",
    ],
    "Room 2 has the head 39, and its last change is 40.",
  ],
  [
    "lost messages",
    ["DELETE FROM messages WHERE room_id = 2 AND seq IN (7, 20, 21)"],
    "In room 2 the number 7 is missing: a message is lost.",
    "In room 2 the numbers from 20 to 21 are missing: messages are lost.",
  ],
  [
    "a first message that is lost",
    ["DELETE FROM messages WHERE room_id = 2 AND seq = 1"],
    "In room 2 the number 1 is missing: a message is lost.",
  ],
  [
    "a place that was given twice",
    ["UPDATE messages SET seq = 8, rev = 8 WHERE room_id = 2 AND seq = 9"],
    "In room 2 the number 8 was given twice.",
    "In room 2 the number 9 is missing: a message is lost.",
  ],
  [
    "a read mark beyond the head",
    ["UPDATE members SET read_seq = 99 WHERE room_id = 2 AND user_id = 1"],
    "User 1 has read room 2 to 99, beyond its head 40.",
  ],
  [
    "a message without its author",
    ["UPDATE messages SET user_id = 77 WHERE room_id = 2 AND seq = 3"],
    "A row of messages (7) names one of users that is not there.",
    "Message 7: its author, user 77 does not exist.",
  ],
  [
    "a message in no room",
    ["UPDATE messages SET room_id = 66 WHERE room_id = 4"],
    "A row of messages (4) names one of rooms that is not there.",
    "Room 4 has the head 1, and its last change is 0.",
    "Message 4: its room 66 does not exist.",
  ],
  [
    "an answer to nothing",
    ["UPDATE messages SET reply_to = 99 WHERE id = 2"],
    "A row of messages (2) names one of messages that is not there.",
    "Message 2: what it answers, message 99 does not exist.",
  ],
  [
    "an answer into another room",
    ["UPDATE messages SET reply_to = 7 WHERE id = 2"],
    "Message 2 answers message 7, which is in another room.",
  ],
  [
    "a last room that is not there",
    ["UPDATE users SET last_room = 55 WHERE id = 1"],
    "User 1: their last room 55 does not exist.",
  ],
  [
    "a session of nobody",
    ["UPDATE sessions SET user_id = 44 WHERE id = 1"],
    "A row of sessions (1) names one of users that is not there.",
    "Session 1: its user 44 does not exist.",
  ],
  [
    "a saved message that was deleted",
    ["UPDATE saved SET message_id = 3"],
    "User 2 has saved message 3, which is deleted.",
  ],
  [
    "a mention that is not counted",
    ["DELETE FROM mentions WHERE user_id = 2 AND room_id = 1"],
    "Message 1 mentions user 2, for whom it is not counted.",
  ],
  [
    "a thread that is counted wrongly, and marks that say what is not so",
    [
      "UPDATE messages SET reply_count = 7 WHERE id = 1",
      "UPDATE thread_marks SET fresh = 1 - fresh WHERE root_id = 1 AND user_id = 1 AND state = 1",
    ],
    "Message 1 counts 7 replies, and has 1.",
    "To user 1 something in thread 1 is new, and is not marked.",
  ],
  [
    "mentions that nothing calls for",
    [
      "INSERT INTO mentions VALUES (3, 2, 5), (1, 1, 4), (1, 2, 900)",
      "INSERT INTO mentions VALUES (1, 1, 1)",
    ],
    "User 1 has a mention at place 1 of room 1, in their own message 1.",
    "User 1 has a mention at place 4 of room 1, in message 3, which is deleted.",
    "User 1 has a mention at place 900 of room 2, where no message is.",
    "User 3 has a mention at place 5 of room 2, in message 9, which does not mention them.",
  ],
  [
    "lists that cannot be read",
    [
      "UPDATE messages SET reactions = '{' WHERE id = 5",
      "UPDATE messages SET files = '{}' WHERE id = 6",
      "UPDATE messages SET mentions = '[\"ann\"]' WHERE id = 7",
      `UPDATE messages SET reactions = '{"👍":[1,88]}' WHERE id = 8`,
    ],
    "Message 5: its reactions cannot be read.",
    "Message 6: its files cannot be read.",
    "Message 7: its mentions cannot be read.",
    "Message 8: user 88, who reacted, does not exist.",
  ],
  [
    "nobody who owns the place",
    ["UPDATE users SET disabled = 1 WHERE id = 1"],
    'No owner can sign in: "users role NAME owner" makes somebody one.',
  ],
  [
    "a room that nobody owns",
    ["UPDATE members SET role = 'member' WHERE room_id = 3"],
    "Room 3 has members and no owner.",
  ],
  [
    "a room found by another name",
    ["UPDATE rooms SET name = 'Opened' WHERE id = 2"],
    "Room 2 is found by another name than its own.",
    "Nothing keeps another public room from looking like room 2.",
    "The look “open” is kept for room 2, which does not look like that.",
  ],
  [
    "an account found by other names",
    ["UPDATE users SET username = 'dora', display_name = 'Dora' WHERE id = 1"],
    "User 1 is found by another username than their own.",
    "User 1 is sorted by another name than their own.",
    "User 1 is found by other words than those of their names.",
    "The looks of user 1 are not those of their name.",
    "Nothing keeps others from taking a username that looks like that of user 1.",
    "The look “ann” is kept for user 1, whose username does not look like that.",
  ],
  [
    "a word that is missing in the search index",
    ["DELETE FROM user_words WHERE word = 'garcia'"],
    "User 2 is found by other words than those of their names.",
  ],
  [
    "namesakes marked wrongly",
    ["UPDATE users SET namesake = 1 WHERE id = 2"],
    "User 2 is marked as somebody's namesake, and is not.",
  ],
  [
    "a second factor of nobody",
    [
      "INSERT INTO totp (user_id) VALUES (71)",
      "INSERT INTO recovery_codes (user_id, hash) VALUES (71, 'x')",
    ],
    "A row of recovery_codes (1) names one of users that is not there.",
    "A row of totp (71) names one of users that is not there.",
    "An authenticator app: its user 71 does not exist.",
    "A recovery code: its user 71 does not exist.",
  ],
  [
    "a passkey of nobody",
    [
      `INSERT INTO passkeys (id, user_id, credential, public_key, counter, transports, name, synced,
         alone, after_password, created_at) VALUES (3, 71, 'c', 'k', 0, '[]', 'Key', 0, 1, 1, 1)`,
    ],
    "A row of passkeys (3) names one of users that is not there.",
    "Passkey 3: its user 71 does not exist.",
  ],
  [
    "a session elsewhere that has none here",
    [
      `INSERT INTO upstream_sessions (session_id, user_id, issuer, subject, provider)
         VALUES (71, 1, 'i', 's', 'p')`,
    ],
    "A row of upstream_sessions (71) names one of sessions that is not there.",
    "A session elsewhere: its session 71 does not exist.",
  ],
  [
    "somebody erased who is somebody all the same",
    [
      "UPDATE users SET erased_at = 1 WHERE id = 2",
      "INSERT INTO emails (user_id, address, address_key) VALUES (2, 'b@c.de', 'b@c.de')",
    ],
    "User 2 was erased, and is not disabled.",
    "User 2 was erased, and has rows in emails.",
    "User 2 was erased, and has rows in jobs.",
    "User 2 was erased, and has rows in message_versions.",
    "User 2 was erased, and has rows in reminders.",
    "User 2 was erased, and has rows in saved.",
    "User 2 was erased, and has rows in scheduled.",
    "User 2 was erased, and has rows in sessions.",
    "User 2 was erased, and has rows in thread_marks.",
  ],
  [
    "an invitation that let in more than it was for",
    [
      `INSERT INTO invites (id, code, role, uses, used, created_by, created_at)
         VALUES (5, 'c', 'member', 1, 2, 1, 1)`,
    ],
    "Invitation 5 was for 1, and 2 came in by it.",
  ],
  [
    "what staff have set, and cannot be read",
    [
      "INSERT INTO workspace VALUES ('name', '{'), ('logo', '{\"version\":\"gone\"}')",
    ],
    "The picture that is set is not there.",
    "What is set for “name” cannot be read.",
  ],
  [
    "an entry of the audit log that cannot be read",
    [
      `INSERT INTO audit (id, at, action, actor_kind, detail) VALUES (9, 1, 'user.role', 'user', '{')`,
    ],
    "The detail of row 9 of audit cannot be read.",
  ],
];

Deno.test("a chat in order has no fault", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    assert.deepEqual(await checked(`${folder}/chat.db`), []);
  }));

Deno.test("whatever the schema says of rows that name others is checked, on every database", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    const db = new DatabaseSync(`${folder}/chat.db`, { readOnly: true });
    const keys = db.prepare(
      `SELECT t.name || '.' || k."from" || ' > ' || k."table" AS key
       FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'`,
    ).all().map(({ key }) => String(key));
    db.close();
    const checked = REFERENCES.map(({ table, column, target }) => `${table}.${column} > ${target}`);
    // What lives for minutes is not copied either; mentions are held against their messages.
    const asked = keys.filter((key) =>
      !Object.hasOwn(NOT_COPIED, key.split(".")[0]!) && key !== "mentions.room_id > rooms"
    );
    assert.deepEqual(asked.filter((key) => !checked.includes(key)), []);
  }));

Deno.test("somebody who was erased leaves a chat in order", () =>
  withFolder(async (folder) => {
    const path = `${folder}/chat.db`;
    await makeChat(path);
    const store = await openSqliteStore({
      path,
      randomId: () => crypto.randomUUID(),
      onCommit: () => {},
      log: () => {},
    });
    const now = Date.now();
    await store.eraseUser({
      actorId: 1,
      userId: 2,
      texts: "keep",
      username: "free",
      displayName: "Former member",
      now,
    });
    while (await store.eraseMore({ now }));
    await store.close();
    assert.deepEqual(await checked(path), []);
  }));

for (const [name, statements, ...sentences] of BREAKS) {
  Deno.test(`named with its ids: ${name}`, () =>
    withFolder(async (folder) => {
      await makeChat(`${folder}/chat.db`);
      changeFile(`${folder}/chat.db`, ...statements);
      assert.deepEqual(await checked(`${folder}/chat.db`), sentences);
    }));
}

Deno.test("named with its ids: keys that are there twice, where an index was lost", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    changeFile(
      `${folder}/chat.db`,
      "DROP INDEX messages_once",
      "DROP INDEX users_by_username",
      "UPDATE messages SET client_id = 'same' WHERE id IN (6, 8) AND user_id = 1 OR id IN (5, 7)",
      "UPDATE users SET username_key = 'ann' WHERE id = 2",
    );
    const found = await checked(`${folder}/chat.db`);
    assert.ok(found.includes("Two accounts have one username: 1 and 2."), found.join("\n"));
    assert.ok(
      found.some((each) => /^One message of a client is there twice: \d+ and \d+\.$/.test(each)),
    );
  }));

Deno.test("a page of the file that is damaged is told by the database itself", () =>
  withFolder(async (folder) => {
    const path = `${folder}/chat.db`;
    await makeChat(path);
    await putPage(path, "saved_by_user", "saved_once");
    assert.match((await checked(path)).join("\n"), /SQLite says of the file: /);
  }));

Deno.test("of a thousand faults of a kind some are told, and that there are more", () =>
  withFolder(async (folder) => {
    await makeChat(`${folder}/chat.db`);
    changeFile(`${folder}/chat.db`, "UPDATE messages SET reply_to = id + 1000");
    const found = await checked(`${folder}/chat.db`);
    const orphans = found.filter((each) => /what it answers/.test(each));
    assert.equal(orphans.length, 20);
    assert.ok(found.includes("And more of the same kind."));
  }));

/** Writes one index's page over another's. */
async function putPage(path: string, over: string, from: string): Promise<void> {
  const db = new DatabaseSync(path, { readOnly: true });
  const page = (name: string) =>
    Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = ?").get(name)!.rootpage) - 1;
  const [to, of] = [page(over), page(from)];
  db.close();
  const bytes = await Deno.readFile(path);
  bytes.copyWithin(to * 4096, of * 4096, (of + 1) * 4096);
  await Deno.writeFile(path, bytes);
}
