/**
 * What two nodes do at the same moment ends as if one had done it after the other. Each operation
 * is held up where it has read and not yet written, while the other node does its part.
 */
import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { Store } from "../../../lib/store/store.ts";
import { postgresTests } from "../../support/postgres.ts";
import { aLittleLater, type Nodes, openNodes } from "./meeting_nodes.ts";
import { openedSession } from "../../support/opened_session.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

const register = postgresTests();

function test(name: string, run: (nodes: Nodes) => Promise<void>): void {
  register(name, async (postgres) => {
    await using nodes = await openNodes(postgres);
    await run(nodes);
  });
}

let time = 1_700_000_000_000;
const now = () => time += 1;
const session = () => ({ device: "test", address: "192.0.2.1", expiresAt: now() + 3_600_000 });

function signup(store: Store, username: string, displayName = username) {
  return store.createAccount({
    username,
    displayName,
    passwordHash: `hash of ${username}`,
    session: session(),
    firstOnly: false,
    now: now(),
  });
}

async function people(store: Store, ...names: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push((await signup(store, name)).user.id);
  return ids;
}

/** "done" or the code of the refusal, for each. */
async function outcomes(...attempts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts);
  return settled.map((each) => each.status === "fulfilled" ? "done" : each.reason.code);
}

test("of two first accounts, one is the owner's", async ({ one, two, slow }) => {
  await slow("INSERT", "users");
  const made = await Promise.all([signup(one.store, "ann"), signup(two.store, "ben")]);
  assert.deepEqual(made.map(({ user }) => user.role).sort(), ["member", "owner"]);
  const room = await one.store.getRoom({ userId: made[0].user.id, room: 1 });
  assert.equal(room.memberCount, 2);
});

test("one name is given to one account, also where it only looks the same", async ({ one, two, slow }) => {
  await signup(one.store, "owner");
  await slow("INSERT", "username_looks");
  const same = await outcomes(signup(one.store, "carla"), signup(two.store, "Carla"));
  assert.deepEqual(same.sort(), ["conflict", "done"]);
  const alike = await outcomes(signup(one.store, "paula"), signup(two.store, "рaula"));
  assert.deepEqual(alike.sort(), ["conflict", "done"]);
});

test("two people who take one display name are both marked as namesakes", async ({ one, two, slowCommit }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  await slowCommit("INSERT", "display_looks");
  await Promise.all([
    one.store.updateMe({ userId: ann!, displayName: "Sam" }),
    two.store.updateMe({ userId: ben!, displayName: "Sam" }),
  ]);
  const found = await one.store.listUsers({ userId: ann!, ids: [ann!, ben!] });
  assert.deepEqual(found.map(({ namesake }) => namesake), [true, true]);
});

test("settings that one changes on two devices are all kept", async ({ one, two, slow }) => {
  const [ann] = await people(one.store, "ann");
  await slow("UPDATE", "users");
  await Promise.all([
    one.store.updateMe({ userId: ann!, theme: "dark" }),
    two.store.updateMe({ userId: ann!, language: "ru" }),
  ]);
  const { user } = await snapshotOf(one.store, ann!);
  assert.deepEqual([user.theme, user.language], ["dark", "ru"]);
});

test("two public rooms that look alike are not made at once", async ({ one, two, slow }) => {
  const [ann] = await people(one.store, "ann");
  const make = (store: Store, name: string) =>
    store.createRoom({ userId: ann!, kind: "public", name, topic: "", now: now() });
  await slow("INSERT", "room_looks");
  const made = await outcomes(make(one.store, "space"), make(two.store, "spасe"));
  assert.deepEqual(made.sort(), ["conflict", "done"]);
  const { id } = await make(one.store, "first");
  const renaming = one.store.updateRoom({ userId: ann!, room: id, name: "harbour" });
  assert.deepEqual((await outcomes(renaming, make(two.store, "hаrbour"))).sort(), [
    "conflict",
    "done",
  ]);
});

test("one address that two people prove at once is one's, and the other is told", async ({ one, two, slow }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  const address = "both@example.org";
  for (const userId of [ann!, ben!]) {
    await one.store.setEmail({ userId, address, key: address, now: now() });
  }
  const links = ["hash of ann's", "hash of ben's"];
  const letters = await one.store.takeLetters({ now: now(), limit: 2 });
  for (const [at, { id }] of letters.entries()) {
    await one.store.readyLetter({ id, tokenHash: links[at]!, now: now() });
  }
  await slow("INSERT", "emails");
  const proofs = await outcomes(
    one.store.proveEmail({ tokenHash: links[0]!, now: now() }),
    two.store.proveEmail({ tokenHash: links[1]!, now: now() }),
  );
  assert.deepEqual(proofs.sort(), ["conflict", "done"]);
});

test("who is disabled while signing in has no session afterwards", async ({ one, two, slow }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  await slow("INSERT", "sessions");
  const signingIn = openedSession(one.store, { userId: ben!, session: session(), now: now() });
  await aLittleLater();
  await two.store.updateUser({ actorId: ann!, userId: ben!, disabled: true, now: now() });
  await signingIn.catch(() => {});
  const left = await one.store.listSessions({ userId: ben!, now: now() });
  assert.deepEqual(left, []);
});

test("a new password signs out who signs in with the old one at this moment", async ({ one, two, slow }) => {
  const [ann] = await people(one.store, "ann");
  const [own] = await one.store.listSessions({ userId: ann!, now: now() });
  await slow("INSERT", "sessions");
  const signingIn = openedSession(one.store, { userId: ann!, session: session(), now: now() });
  await aLittleLater();
  const passwordHash = "new";
  const keepSession = own!.id;
  await two.store.changePassword({ userId: ann!, passwordHash, keepSession, now: now() });
  await signingIn;
  const left = await one.store.listSessions({ userId: ann!, now: now() });
  assert.deepEqual(left.map(({ id }) => id), [keepSession]);
});

test("two changes of one account by its admins are both kept, and who is no admin changes nobody", async ({ one, two, slow }) => {
  const [ann, ben, cid] = await people(one.store, "ann", "ben", "cid");
  await one.store.updateUser({ actorId: ann!, userId: ben!, role: "admin", now: now() });
  await slow("UPDATE", "users");
  await Promise.all([
    one.store.updateUser({ actorId: ann!, userId: cid!, role: "bot", now: now() }),
    two.store.updateUser({ actorId: ben!, userId: cid!, disabled: true, now: now() }),
  ]);
  const [changed] = await one.store.listUsers({ userId: ann!, ids: [cid!] });
  assert.deepEqual([changed!.role, changed!.disabled], ["bot", true]);
  const demotion = one.store.updateUser({
    actorId: ann!,
    userId: ben!,
    role: "member",
    now: now(),
  });
  await aLittleLater();
  const late = two.store.updateUser({ actorId: ben!, userId: cid!, disabled: false, now: now() });
  assert.deepEqual(await outcomes(demotion, late), ["done", "forbidden"]);
});

test("people have one direct room, whoever opens it where", async ({ one, two, slow }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  await slow("INSERT", "rooms");
  const opened = await Promise.all([
    one.store.openDirect({ userId: ann!, users: [ben!], now: now() }),
    two.store.openDirect({ userId: ben!, users: [ann!], now: now() }),
  ]);
  assert.equal(new Set(opened.map(({ room }) => room.id)).size, 1);
  assert.deepEqual(opened.map(({ created }) => created).sort(), [false, true]);
});

test("a group that somebody leaves at this moment is not opened as the room of its old people", async ({ one, two, slow }) => {
  const [ann, ben, cid] = await people(one.store, "ann", "ben", "cid");
  const open = (store: Store) =>
    store.openDirect({ userId: ann!, users: [ben!, cid!], now: now() });
  const { room } = await open(one.store);
  await slow("DELETE", "members");
  const leaving = one.store.removeMember({ actorId: cid!, room: room.id, userId: cid! });
  await aLittleLater();
  const again = await open(two.store);
  await leaving;
  assert.notEqual(again.room.id, room.id);
  assert.deepEqual(again.room.users?.toSorted(), [ann!, ben!, cid!]);
});

test("a room keeps one owner, whoever leaves and comes at the same moment", async ({ one, two, slow }) => {
  const [ann, ben, cid] = await people(one.store, "ann", "ben", "cid");
  const { id: room } = await one.store.createRoom({
    userId: ann!,
    kind: "public",
    name: "club",
    topic: "",
    now: now(),
  });
  for (const userId of [ben!, cid!]) {
    await one.store.addMember({ actorId: userId, room, userId, now: now() });
  }
  await slow("DELETE", "members");
  await Promise.all([
    one.store.removeMember({ actorId: ann!, room, userId: ann! }),
    two.store.removeMember({ actorId: ben!, room, userId: ben! }),
  ]);
  const members = await one.store.listMembers({ userId: cid!, room });
  assert.deepEqual(members.map(({ id, membership }) => [id, membership.role]), [[cid, "owner"]]);

  for (const userId of [ann!, ben!, cid!]) {
    await one.store.removeMember({ actorId: userId, room: 1, userId });
  }
  await slow("INSERT", "members");
  const [dot] = await Promise.all([
    signup(one.store, "dot"),
    two.store.addMember({ actorId: ann!, room: 1, userId: ann!, now: now() }),
  ]);
  const owners = (await one.store.listMembers({ userId: dot.user.id, room: 1 }))
    .filter(({ membership }) => membership.role === "owner");
  assert.equal(owners.length, 1);
});

test("who signs up has read what was written before, and counts what comes after", async ({ one, two, slow }) => {
  const [ann] = await people(one.store, "ann");
  await slow("INSERT", "members");
  const joining = signup(one.store, "ben");
  await aLittleLater();
  const { message } = await two.store.sendMessage({
    userId: ann!,
    room: 1,
    clientId: "client-000000001",
    text: "hello",
    replyTo: null,
    now: now(),
  });
  const { user } = await joining;
  const room = await one.store.getRoom({ userId: user.id, room: 1 });
  assert.ok("membership" in room);
  assert.equal(message.seq, 1);
  const joined = one.changes.find((change) =>
    change.type === "joined" && change.userId === user.id
  );
  assert.ok(joined?.type === "joined");
  // It was announced as it was at its commit: the message came after it.
  assert.deepEqual([joined.room.head, room.membership.readSeq, room.head], [0, 0, 1]);
});

test("a list does not hide a room in which something happens at this moment", async ({ one, two, slow }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  await slow("INSERT", "messages");
  const sending = one.store.sendMessage({
    userId: ben!,
    room: 1,
    clientId: "client-000000002",
    text: "hello",
    replyTo: null,
    now: now(),
  });
  await aLittleLater();
  await two.store.hideRooms({ userId: ann!, rooms: [{ room: 1, head: 0 }] });
  await sending;
  const { rooms } = await snapshotOf(one.store, ann!);
  assert.deepEqual(rooms.map(({ id }) => id), [1]);
});

test("no more messages are saved than may be, on two devices at once", async ({ one, two, slowCommit, sql }) => {
  const [ann] = await people(one.store, "ann");
  const club = { userId: ann!, kind: "private", name: "club", topic: "", now: now() } as const;
  const { id: room } = await one.store.createRoom(club);
  await sql(`
    INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions, files)
      SELECT 1, n, n, 1, 'client-' || n, 'm', 0, '{}', '[]', '[]'
      FROM generate_series(1, ${LIMITS.saved}) AS n;
    INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions, files)
      VALUES (${room}, 1, 1, 1, 'client-0', 'm', 0, '{}', '[]', '[]');
    UPDATE rooms SET head = CASE WHEN id = 1 THEN ${LIMITS.saved} ELSE 1 END;
    INSERT INTO saved (user_id, message_id)
      SELECT 1, id FROM messages ORDER BY id LIMIT ${LIMITS.saved - 1}`);
  await slowCommit("INSERT", "saved");
  const last = (await sql(`SELECT id FROM messages ORDER BY id DESC LIMIT 2`)).split("\n");
  const save = (store: Store, id: string | undefined) =>
    store.saveMessage({ userId: ann!, message: Number(id), on: true });
  const saved = await outcomes(save(one.store, last[0]), save(two.store, last[1]));
  assert.deepEqual(saved.sort(), ["done", "invalid"]);
  // The same one twice is one.
  await sql("DELETE FROM saved");
  const same = await outcomes(save(one.store, last[0]), save(two.store, last[0]));
  assert.deepEqual(same, ["done", "done"]);
  assert.equal(await sql("SELECT count(*) FROM saved"), "1");
});

test("reactions, edits and read marks of two nodes are all kept, and none goes back", async ({ one, two, slow }) => {
  const [ann, ben] = await people(one.store, "ann", "ben");
  const { message } = await one.store.sendMessage({
    userId: ann!,
    room: 1,
    clientId: "client-000000003",
    text: "hello",
    replyTo: null,
    now: now(),
  });
  await slow("UPDATE", "messages");
  await slow("UPDATE", "members");
  const id = message.id;
  await Promise.all([
    one.store.react({ userId: ann!, message: id, emoji: "👍", on: true, now: now() }),
    two.store.react({ userId: ben!, message: id, emoji: "👍", on: true, now: now() }),
    two.store.editMessage({ userId: ann!, message: id, text: "hello all", now: now() }),
  ]);
  const { messages, head } = await historyOf(one.store, {
    userId: ann!,
    room: 1,
    anchor: {},
    limit: 10,
  });
  assert.equal(head, 4);
  assert.equal(messages[0]!.text, "hello all");
  assert.deepEqual(messages[0]!.reactions["👍"]?.toSorted(), [ann!, ben!]);
  await Promise.all([
    one.store.markRead({ userId: ben!, room: 1, seq: 4, now: 1 }),
    two.store.markRead({ userId: ben!, room: 1, seq: 2, now: 1 }),
  ]);
  const room = await one.store.getRoom({ userId: ben!, room: 1 });
  assert.ok("membership" in room);
  assert.equal(room.membership.readSeq, 4);
});

test("a file that is sent while it is taken away goes with its message, or not at all", async (nodes) => {
  const { one, two, slowCommit, standingStill } = nodes;
  const [ann] = await people(one.store, "ann");
  const make = async (key: string): Promise<number> => {
    const { id } = await one.store.beginUpload({
      userId: ann!,
      key,
      name: "cat.txt",
      size: 3,
      type: "",
      alt: "",
      voice: null,
      space: { user: null, all: null },
      most: 9,
      now: now(),
    });
    const facts = { type: "text/plain", size: 3, width: null, height: null, duration: null };
    const told = { ...facts, blur: null, thumbnail: false };
    const space = { user: null, all: null };
    await one.store.finishUpload({ userId: ann!, id, facts: told, space, now: now() });
    return id;
  };
  const send = (id: number) =>
    two.store.sendMessage({
      userId: ann!,
      room: 1,
      clientId: crypto.randomUUID(),
      text: "",
      replyTo: null,
      files: [id],
      now: now(),
    });
  const ways: ((id: number) => Promise<unknown>)[] = [
    (id) => one.store.deleteFile({ userId: ann!, id }),
    () => one.store.giveUpFiles({ unfinished: 0, unbound: now() }),
  ];
  const [first, second] = [await make("0".repeat(32)), await make("1".repeat(32))];
  // The message is written and nobody sees it, while the other node decides about its file.
  await slowCommit("UPDATE", "files");
  for (const [index, id] of [first, second].entries()) {
    const sending = send(id);
    // A node's first message takes long on a busy machine: the file would be gone before it.
    await standingStill(sending);
    const [, sent] = await Promise.allSettled([ways[index]!(id), sending]);
    assert.equal(sent.status, "fulfilled");
    const { file } = await two.store.findFile({ userId: ann!, id, previewed: 0 });
    assert.equal(file.id, id);
  }
});
