/** Invitations: who makes them, what they let in, and when they do not any more. */
import assert from "node:assert/strict";
import type { Invite } from "../../../lib/protocol/invites.ts";
import { OPEN_INVITES } from "../../../lib/protocol/limits.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { Inviters } from "../../../lib/protocol/door_permissions.ts";
import { HOUR, joinedIn, refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

let codes = 0;

interface Wanted {
  role?: "member" | "guest";
  rooms?: number[];
  uses?: number | null;
  expiresAt?: number | null;
  inviters?: Inviters;
}

function invite(stage: Stage, user: User, wanted: Wanted = {}): Promise<Invite> {
  return stage.store.createInvite({
    userId: user.id,
    code: `code-${codes++}`,
    role: "member",
    rooms: [],
    uses: null,
    expiresAt: null,
    inviters: "staff",
    now: stage.now(),
    ...wanted,
  });
}

/** Signs up where only invitations let anybody in. */
async function come(
  stage: Stage,
  username: string,
  { code }: Pick<Invite, "code">,
  more: { inviters?: Inviters; now?: number } = {},
): Promise<User> {
  const { inviters = "staff", now = stage.now() } = more;
  const { user } = await stage.store.createAccount({
    username,
    displayName: username,
    passwordHash: "hash",
    session: { device: "test", address: "192.0.2.1", expiresAt: now + HOUR },
    firstOnly: true,
    invite: { code: code!, inviters },
    now,
  });
  return user;
}

function accept(stage: Stage, user: User, { code }: Invite): Promise<{ rooms: number[] }> {
  const now = stage.now();
  return stage.store.acceptInvite({ userId: user.id, code: code!, inviters: "staff", now });
}

async function roomsOf({ store }: Stage, user: User): Promise<number[]> {
  return (await snapshotOf(store, user.id)).rooms.map(({ id }) => id);
}

async function listed(stage: Stage, user: User, state: "open" | "ended" = "open") {
  const page = { before: null, limit: 100, inviters: "staff", now: stage.now() } as const;
  return (await stage.store.listInvites({ userId: user.id, state, ...page })).invites;
}

const invitation = (stage: Stage, { code }: Invite, now = stage.now()) =>
  stage.store.invitation({ code: code!, inviters: "staff", now });

export function inviteTests(test: StoreTest): void {
  test("who comes by an invitation is in general and in its rooms, though signup is closed", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const secret = await stage.room("private", "secret", ann);
    const open = await stage.room("public", "open", ben);
    const made = await invite(stage, ann, { rooms: [open.id, secret.id, secret.id] });
    stage.takeChanges();
    const cid = await come(stage, "cid", made);
    assert.equal(cid.role, "member");
    assert.deepEqual(joinedIn(stage.takeChanges()), [
      [cid.id, 1],
      [cid.id, secret.id],
      [cid.id, open.id],
    ]);
    assert.deepEqual(await roomsOf(stage, cid), [1, secret.id, open.id]);
    const [shown] = await listed(stage, ann);
    assert.deepEqual(shown, { ...made, used: 1 });
  });

  test("a guest is in the invitation's rooms, and in no other", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("private", "for guests", ann);
    const gus = await come(
      stage,
      "gus",
      await invite(stage, ann, { role: "guest", rooms: [room.id] }),
    );
    assert.equal(gus.role, "guest");
    assert.deepEqual(await roomsOf(stage, gus), [room.id]);
    await refused("not_found", stage.store.getRoom({ userId: gus.id, room: 1 }));
    await refused(
      "not_found",
      historyOf(stage.store, { userId: gus.id, room: 1, anchor: {}, limit: 9 }),
    );
  });

  test("one that is used up, taken back or over lets nobody in, as one that there never was", async (stage) => {
    const { ann } = await stage.people("ann");
    const once = await invite(stage, ann, { uses: 1 });
    await come(stage, "first", once);
    const revoked = await invite(stage, ann);
    await stage.store.revokeInvite({ userId: ann.id, id: revoked.id, now: stage.now() });
    const expiresAt = stage.now() + HOUR;
    const expired = await invite(stage, ann, { expiresAt });
    assert.notEqual(await invitation(stage, expired, expiresAt - 1), null);
    const never = await refused("not_found", come(stage, "dan", { code: "never" }));
    assert.deepEqual(never.errors?.map(({ path, reason }) => [path, reason]), [[
      "invite",
      "wrong",
    ]]);
    for (const [made, now] of [[once], [revoked], [expired, expiresAt]] as const) {
      assert.equal(await invitation(stage, made, now), null);
      const refusal = await refused("not_found", come(stage, "dan", made, now ? { now } : {}));
      assert.deepEqual(refusal.message, never.message);
    }
    const states = (await listed(stage, ann, "ended")).map(({ id, state }) => [id, state]);
    assert.deepEqual(states, [[revoked.id, "revoked"], [once.id, "used"]]);
    assert.deepEqual((await listed(stage, ann)).map(({ id }) => id), [expired.id]);
  });

  test("of two who take the last use at once, one gets in and the other is told", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "last seat", ann);
    const made = await invite(stage, ann, { uses: 1, rooms: [room.id] });
    const results = await Promise.allSettled([
      accept(stage, ben, made),
      accept(stage, cid, made),
      come(stage, "dan", made),
      come(stage, "eve", made),
    ]);
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    for (const result of results) {
      if (result.status === "rejected") assert.equal(result.reason.code, "not_found");
    }
    assert.equal((await stage.memberRoom(ann, room.id)).memberCount, 2);
    assert.equal((await listed(stage, ann, "ended"))[0]!.used, 1);
  });

  test("an invitation whose signup fails is not used", async (stage) => {
    const { ann } = await stage.people("ann");
    const made = await invite(stage, ann, { uses: 1 });
    await refused("conflict", come(stage, "ANN", made));
    await come(stage, "ben", made);
  });

  test("somebody with an account comes into its rooms by it, once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "project", ann);
    const made = await invite(stage, ann, { uses: 2, rooms: [room.id] });
    stage.takeChanges();
    assert.deepEqual(await accept(stage, ben, made), { rooms: [room.id] });
    assert.deepEqual(joinedIn(stage.takeChanges()), [[ben.id, room.id]]);
    assert.deepEqual(await accept(stage, ben, made), { rooms: [room.id] });
    assert.deepEqual(stage.takeChanges(), []);
    assert.equal((await listed(stage, ann))[0]!.used, 1);
    const nobodys = await invite(stage, ann);
    assert.deepEqual(await accept(stage, ben, nobodys), { rooms: [] });
    assert.equal((await listed(stage, ann))[0]!.used, 0);
  });

  test("an invitation says who invites where, to whoever has it", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("private", "project", ann);
    const made = await invite(stage, ann, { role: "guest", rooms: [room.id] });
    assert.deepEqual(await invitation(stage, made), {
      role: "guest",
      invitedBy: { username: "ann", displayName: "ANN" },
      rooms: [{ id: room.id, name: "project", kind: "private" }],
      expiresAt: null,
    });
  });

  test("it does no more than its maker may do now", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const admin = (role: "admin" | "member") =>
      stage.store.updateUser({ actorId: ann.id, userId: ben.id, role, now: stage.now() });
    await admin("admin");
    const kept = await stage.room("private", "kept", ben);
    const left = await stage.room("private", "left", cid, ben);
    const old = await stage.room("public", "old", ben);
    const made = await invite(stage, ben, { rooms: [kept.id, left.id, old.id] });
    await stage.remove(left.id, cid, ben);
    await stage.store.updateRoom({ userId: ben.id, room: old.id, archived: true });
    assert.deepEqual((await invitation(stage, made))!.rooms.map(({ id }) => id), [kept.id]);
    await admin("member");
    assert.equal(await invitation(stage, made), null);
    await refused("not_found", accept(stage, cid, made));
    assert.equal((await listed(stage, ben))[0]!.state, "void");
    await come(stage, "dan", made, { inviters: "members" });
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, disabled: true, now: 1 });
    await refused("not_found", come(stage, "eve", made, { inviters: "members" }));
  });

  test("members invite where the host lets them, guests and bots never", async (stage) => {
    const { ann, ben, gus, bot } = await stage.people("ann", "ben", "gus", "bot");
    for (const [user, role] of [[gus, "guest"], [bot, "bot"]] as const) {
      await stage.store.updateUser({ actorId: ann.id, userId: user.id, role, now: stage.now() });
    }
    await refused("forbidden", invite(stage, ben));
    await invite(stage, ben, { inviters: "members" });
    for (const user of [gus, bot]) {
      await refused("forbidden", invite(stage, user, { inviters: "members" }));
    }
  });

  test("into rooms one invites where one may add people, or may join", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const hidden = await stage.room("private", "hidden", ben);
    const archived = await stage.room("public", "archived", ann);
    await stage.store.updateRoom({ userId: ann.id, room: archived.id, archived: true });
    const { room: direct } = await stage.store.openDirect({
      userId: ann.id,
      users: [ben.id],
      now: 1,
    });
    const there = await refused("not_found", invite(stage, ann, { rooms: [hidden.id] }));
    const nowhere = await refused("not_found", invite(stage, ann, { rooms: [999] }));
    assert.equal(there.message, nowhere.message);
    await refused("forbidden", invite(stage, ann, { rooms: [archived.id] }));
    await refused("forbidden", invite(stage, ann, { rooms: [direct.id] }));
    assert.deepEqual(await listed(stage, ann), []);
  });

  test("staff see all invitations, others their own; a code that leads where one may not see is kept", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const hidden = await stage.room("private", "hidden", ben);
    const inviters = "members";
    const bens = await invite(stage, ben, { rooms: [hidden.id, 1], inviters });
    const anns = await invite(stage, ann);
    assert.deepEqual((await listed(stage, ben)).map(({ id, code }) => [id, code]), [
      [bens.id, bens.code],
    ]);
    assert.deepEqual(await listed(stage, cid), []);
    const all = (await listed(stage, ann)).map(({ id, code, rooms }) => [id, code, rooms]);
    assert.deepEqual(all, [[anns.id, anns.code, []], [bens.id, null, [1]]]);
  });

  test("one takes back one's own, staff anybody's; another's is not there", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const made = await invite(stage, ben, { inviters: "members" });
    const revoke = (user: User, id: number) =>
      stage.store.revokeInvite({ userId: user.id, id, now: stage.now() });
    const others = await refused("not_found", revoke(cid, made.id));
    const nobodys = await refused("not_found", revoke(cid, 999));
    assert.equal(others.message, nobodys.message);
    await revoke(ann, made.id);
    await revoke(ben, made.id);
    const [ended] = await listed(stage, ben, "ended");
    assert.equal(ended!.state, "revoked");
  });

  test("an end that has passed is refused, and so is one open invitation too many", async (stage) => {
    const { ann } = await stage.people("ann");
    const refusal = await refused("invalid", invite(stage, ann, { expiresAt: 1 }));
    assert.deepEqual(refusal.errors!.map(({ path }) => path), ["expiresAt"]);
    const made: Invite[] = [];
    for (let count = 0; count < OPEN_INVITES; count++) made.push(await invite(stage, ann));
    await refused("invalid", invite(stage, ann));
    await stage.store.revokeInvite({ userId: ann.id, id: made[0]!.id, now: stage.now() });
    await invite(stage, ann);
  });

  test("pages of invitations go on where the one before ended", async (stage) => {
    const { ann } = await stage.people("ann");
    const made: number[] = [];
    for (let count = 0; count < 3; count++) made.unshift((await invite(stage, ann)).id);
    const page = (before: number | null) =>
      stage.store.listInvites({
        ...{ userId: ann.id, state: "open", before, limit: 2 },
        ...{ inviters: "staff", now: stage.now() },
      });
    const first = await page(null);
    const second = await page(first.next);
    assert.deepEqual([...first.invites, ...second.invites].map(({ id }) => id), made);
    assert.deepEqual([first.people.map(({ id }) => id), second.next], [[ann.id], null]);
  });

  test("what ended long ago is forgotten when its maker invites again", async (stage) => {
    const { ann } = await stage.people("ann");
    await invite(stage, ann, { rooms: [1], expiresAt: stage.now() + HOUR });
    const revoked = await invite(stage, ann);
    await stage.store.revokeInvite({ userId: ann.id, id: revoked.id, now: stage.now() });
    await come(stage, "eve", await invite(stage, ann, { uses: 1 }));
    const half = await invite(stage, ann, { uses: 2 });
    await come(stage, "fay", half);
    const fresh = await invite(stage, ann, { now: stage.now() + 91 * 24 * HOUR } as Wanted);
    assert.deepEqual(await listed(stage, ann, "ended"), []);
    assert.deepEqual((await listed(stage, ann)).map(({ id }) => id), [fresh.id, half.id]);
  });
}
