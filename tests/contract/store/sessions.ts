/** Sessions: their life, their end, and that no other begins under their id. */
import assert from "node:assert/strict";
import { HOUR, refused, type StoreTest } from "./stage.ts";
import { openedSession } from "../../support/opened_session.ts";

export function sessionTests(test: StoreTest): void {
  test("a session answers with its user until it expires", async (stage) => {
    const { ann } = await stage.people("ann");
    const now = stage.now();
    const session = { device: "Firefox", address: "192.0.2.7", expiresAt: now + HOUR };
    const id = await openedSession(stage.store, { userId: ann.id, session, now });
    const stored = await stage.store.getSession({ id, now: now + HOUR - 1 });
    assert.equal(stored?.id, id);
    assert.equal(stored?.user.username, "ann");
    assert.equal(stored?.user.theme, "system");
    assert.equal(stored?.user.language, null);
    assert.equal(stored?.createdAt, now);
    assert.equal(stored?.lastSeen, now);
    assert.equal(stored?.expiresAt, now + HOUR);
    assert.equal(await stage.store.getSession({ id, now: now + HOUR }), null);
    assert.equal(await stage.store.getSession({ id: 999, now }), null);
  });

  test("a session says how its holder proved who they are, and when", async (stage) => {
    const { ann } = await stage.people("ann");
    const now = stage.now();
    const session = { device: "", address: "", expiresAt: now + HOUR, way: "phone" } as const;
    const id = await openedSession(stage.store, { userId: ann.id, session, now });
    const stored = await stage.store.getSession({ id, now });
    assert.equal(stored?.way, "phone");
    assert.equal(stored?.confirmedAt, now);
    const [listed] = await stage.store.listSessions({ userId: ann.id, now });
    assert.equal(listed?.way, "phone");
  });

  test("a session notes when its holder has shown who they are, and never sets that back", async (stage) => {
    const { ann, bob } = await stage.people("ann", "bob");
    const now = stage.now();
    const { id: userId, sessionId } = ann;
    const confirmedAt = async () =>
      (await stage.store.getSession({ id: sessionId, now }))?.confirmedAt;
    await stage.store.confirmSession({ userId, sessionId, now: now + 5 });
    assert.equal(await confirmedAt(), now + 5);
    await stage.store.confirmSession({ userId, sessionId, now: now + 2 });
    assert.equal(await confirmedAt(), now + 5);
    for (const id of [sessionId, 999]) {
      await refused(
        "not_found",
        stage.store.confirmSession({ userId: bob.id, sessionId: id, now: now + 9 }),
      );
    }
    assert.equal(await confirmedAt(), now + 5);
    await stage.store.revokeSession({ userId, sessionId, reason: "logout", now });
    await refused("not_found", stage.store.confirmSession({ userId, sessionId, now: now + 9 }));
  });

  test("an account with a password confirms with it, and what it has not is not asked for", async (stage) => {
    const { ann } = await stage.people("ann");
    const userId = ann.id;
    const now = stage.now();
    assert.deepEqual(await stage.store.confirmMethods({ userId }), ["password"]);
    const keepSession = ann.sessionId;
    await stage.store.changePassword({ userId, passwordHash: "", keepSession, now });
    assert.deepEqual(await stage.store.confirmMethods({ userId }), []);
    assert.deepEqual(await stage.store.confirmMethods({ userId: 999 }), []);
  });

  test("a password that is another one by now opens no session", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id: userId } = ann;
    const now = stage.now();
    const { passwordHash } = (await stage.store.credentialsOf({ userId }))!;
    const keepSession = ann.sessionId;
    await stage.store.changePassword({ userId, passwordHash: "another", keepSession, now });
    const session = { device: "", address: "", expiresAt: now + HOUR, way: "password" } as const;
    const ticket = { hash: "a ticket", expiresAt: now + HOUR };
    const open = (passwordHash: string | null) =>
      stage.store.openSession({ userId, session, passwordHash, ticket, now });
    assert.deepEqual(await open(passwordHash), { kind: "changed" });
    assert.equal((await stage.store.listSessions({ userId, now })).length, 1);
    assert.equal((await open("another")).kind, "opened");
    assert.equal((await open(null)).kind, "opened");
  });

  test("sessions are listed last seen first, without those that expired", async (stage) => {
    const { ann } = await stage.people("ann");
    const now = stage.now();
    const create = (device: string, expiresAt: number) =>
      openedSession(stage.store, {
        userId: ann.id,
        session: { device, address: "192.0.2.1", expiresAt },
        now,
      });
    const phone = await create("phone", now + HOUR);
    await create("short", now + 10);
    const at = now + 5;
    await stage.store.touchSessions({ seen: [{ id: phone, at, address: "198.51.100.1" }] });
    const listed = await stage.store.listSessions({ userId: ann.id, now: now + 10 });
    assert.deepEqual(listed.map((row) => row.device), ["phone", "test"]);
    assert.equal(listed[0]!.lastSeen, at);
    assert.equal(listed[0]!.address, "198.51.100.1");
  });

  test("being seen never goes back, and passes over what was revoked", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id: userId, sessionId: id } = ann;
    const now = stage.now();
    const touch = (at: number) =>
      stage.store.touchSessions({
        seen: [{ id: 999, at, address: "" }, { id, at, address: "192.0.2.1" }],
      });
    await touch(now + 20);
    await touch(now + 10);
    assert.equal((await stage.store.getSession({ id, now }))?.lastSeen, now + 20);
    await stage.store.revokeSession({ userId, sessionId: id, reason: "logout", now });
    await touch(now + 30);
    assert.equal(await stage.store.getSession({ id, now }), null);
  });

  test("of a user's sessions the five hundred that were seen last stay", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    const session = { device: "", address: "", expiresAt: now + HOUR };
    const create = (at: number) =>
      openedSession(stage.store, { userId: ann.id, session, now: now + at });
    const first = await create(1);
    await Promise.all(Array.from({ length: 498 }, (_, index) => create(2 + index)));
    assert.ok(await stage.store.getSession({ id: ann.sessionId, now }));
    await stage.store.touchSessions({ seen: [{ id: ann.sessionId, at: now + 501, address: "" }] });
    const last = await create(502);
    const listed = (await stage.store.listSessions({ userId: ann.id, now })).map(({ id }) => id);
    assert.equal(listed.length, 500);
    assert.ok(listed.includes(last) && listed.includes(ann.sessionId));
    assert.equal(await stage.store.getSession({ id: first, now }), null);
    assert.deepEqual(stage.takeChanges().slice(-1), [
      { type: "revoked", userId: ann.id, sessions: [first], reason: "revoked" },
    ]);
    assert.ok(await stage.store.getSession({ id: ben.sessionId, now }));
  });

  test("a revoked session is gone and announced", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    const now = stage.now();
    await stage.store.revokeSession({
      userId: ann.id,
      sessionId: ann.sessionId,
      reason: "logout",
      now,
    });
    assert.equal(await stage.store.getSession({ id: ann.sessionId, now }), null);
    assert.deepEqual(stage.takeChanges(), [
      { type: "revoked", userId: ann.id, sessions: [ann.sessionId], reason: "logout" },
    ]);
    const again = stage.store.revokeSession({
      userId: ann.id,
      sessionId: ann.sessionId,
      reason: "logout",
      now,
    });
    await refused("not_found", again);
  });

  test("nobody revokes the session of somebody else", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    await refused(
      "not_found",
      stage.store.revokeSession({
        userId: ann.id,
        sessionId: ben.sessionId,
        reason: "logout",
        now,
      }),
    );
    assert.ok(await stage.store.getSession({ id: ben.sessionId, now }));
  });

  test("the id of a revoked session is never given again", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    await stage.store.revokeSession({
      userId: ben.id,
      sessionId: ben.sessionId,
      reason: "logout",
      now,
    });
    const session = { device: "", address: "", expiresAt: now + HOUR };
    const id = await openedSession(stage.store, { userId: ann.id, session, now });
    assert.ok(id > ben.sessionId);
  });

  test("why a session ended is kept until it would have expired, for its own token alone", async (stage) => {
    const { owner, ann } = await stage.people("owner", "ann");
    const now = stage.now();
    const open = async (expiresAt: number) => {
      const session = { device: "", address: "", expiresAt };
      const id = await openedSession(stage.store, { userId: ann.id, session, now });
      return { id, userId: ann.id, expiresAt };
    };
    const reasonOf = async (of: { id: number; userId: number; expiresAt: number }) =>
      (await stage.store.endedSession(of))?.reason;
    const at = (hours: number) => now + hours * HOUR;
    const [soon, phone, laptop, desk] = [
      await open(at(1)),
      await open(at(2)),
      await open(at(3)),
      await open(at(4)),
    ];
    assert.equal(await reasonOf(phone), null, "it lives");

    const revoke = (of: typeof soon, reason: "revoked" | "logout") =>
      stage.store.revokeSession({ userId: ann.id, sessionId: of.id, reason, now });
    await revoke(soon!, "revoked");
    await revoke(phone!, "logout");
    const passwordHash = "another hash";
    await stage.store.changePassword({ userId: ann.id, passwordHash, keepSession: desk!.id, now });
    await stage.store.updateUser({ actorId: owner.id, userId: ann.id, disabled: true, now });
    const reasons = await Promise.all([soon, phone, laptop, desk].map((of) => reasonOf(of!)));
    assert.deepEqual(reasons, ["revoked", "logout", "password", "disabled"]);

    const found = await stage.store.endedSession(phone!);
    assert.equal(found?.user.username, "ann");
    assert.equal(await reasonOf({ ...phone!, expiresAt: phone!.expiresAt + 1000 }), null);
    assert.equal(await reasonOf({ ...phone!, userId: owner.id }), null, "somebody else's");
    assert.equal(await stage.store.endedSession({ ...phone!, userId: 999 }), null);

    // What has expired is swept away with the next sign-in.
    await stage.store.updateUser({ actorId: owner.id, userId: ann.id, disabled: false, now });
    const session = { device: "", address: "", expiresAt: at(9) };
    await openedSession(stage.store, { userId: ann.id, session, now: at(2) });
    assert.deepEqual(
      await Promise.all([soon, phone, laptop].map((of) => reasonOf(of!))),
      [null, null, "password"],
    );
  });

  test("a session of nobody cannot be made", async (stage) => {
    const session = { device: "", address: "", expiresAt: stage.now() + HOUR };
    const now = stage.now();
    await refused("not_found", openedSession(stage.store, { userId: 99, session, now }));
  });
}
