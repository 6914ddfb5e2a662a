/** Sessions: their life, their end, and that no other begins under their id. */
import assert from "node:assert/strict";
import { HOUR, refused, type StoreTest } from "./stage.ts";

export function sessionTests(test: StoreTest): void {
  test("a session answers with its user until it expires", async (stage) => {
    const { ann } = await stage.people("ann");
    const now = stage.now();
    const session = { device: "Firefox", address: "192.0.2.7", expiresAt: now + HOUR };
    const id = await stage.store.createSession({ userId: ann.id, session, now });
    const stored = await stage.store.session({ id, now: now + HOUR - 1 });
    assert.equal(stored?.id, id);
    assert.equal(stored?.user.username, "ann");
    assert.equal(stored?.user.theme, "system");
    assert.equal(stored?.user.language, null);
    assert.equal(stored?.createdAt, now);
    assert.equal(stored?.lastSeen, now);
    assert.equal(stored?.expiresAt, now + HOUR);
    assert.equal(await stage.store.session({ id, now: now + HOUR }), null);
    assert.equal(await stage.store.session({ id: 999, now }), null);
  });

  test("sessions are listed last seen first, without those that expired", async (stage) => {
    const { ann } = await stage.people("ann");
    const now = stage.now();
    const create = (device: string, expiresAt: number) =>
      stage.store.createSession({
        userId: ann.id,
        session: { device, address: "192.0.2.1", expiresAt },
        now,
      });
    const phone = await create("phone", now + HOUR);
    await create("short", now + 10);
    const at = now + 5;
    await stage.store.touchSessions({ seen: [{ id: phone, at, address: "198.51.100.1" }] });
    const listed = await stage.store.sessions({ userId: ann.id, now: now + 10 });
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
    assert.equal((await stage.store.session({ id, now }))?.lastSeen, now + 20);
    await stage.store.revokeSession({ userId, sessionId: id, reason: "logout", now });
    await touch(now + 30);
    assert.equal(await stage.store.session({ id, now }), null);
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
    assert.equal(await stage.store.session({ id: ann.sessionId, now }), null);
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
    assert.ok(await stage.store.session({ id: ben.sessionId, now }));
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
    const id = await stage.store.createSession({ userId: ann.id, session, now });
    assert.ok(id > ben.sessionId);
  });

  test("a session of nobody cannot be made", async (stage) => {
    const session = { device: "", address: "", expiresAt: stage.now() + HOUR };
    const now = stage.now();
    await refused("not_found", stage.store.createSession({ userId: 99, session, now }));
  });
}
