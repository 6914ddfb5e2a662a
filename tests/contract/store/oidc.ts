/** Identities that somebody else vouches for, and the sessions that began with one. */
import assert from "node:assert/strict";
import type { Identity } from "../../../lib/store/contract/oidc.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

const ADDRESS = "203.0.113.7";
const identity = (subject: string, issuer = "https://id.example.org"): Identity => ({
  issuer,
  subject,
  provider: "work",
  label: `${subject}@example.org`,
});

const link = (stage: Stage, { id: userId }: User, of: Identity) =>
  stage.store.linkIdentity({
    userId,
    identity: of,
    by: "user",
    address: ADDRESS,
    now: stage.now(),
  });

const remove = (stage: Stage, { id: userId }: User, connection: number, ownerOnly = false) =>
  stage.store.removeConnection({
    ...{ userId, connection, ownerOnly },
    address: ADDRESS,
    now: stage.now(),
  });

async function open(stage: Stage, user: User, of: Identity, session: string | null = null) {
  const { issuer, subject, provider } = of;
  const upstream = { issuer, subject, provider, session, idToken: "a.b.c" };
  const now = stage.now();
  return await stage.store.openSession({
    userId: user.id,
    session: { device: "x", address: ADDRESS, expiresAt: now + HOUR, way: "oidc", upstream },
    passwordHash: null,
    ticket: { hash: "unused", expiresAt: now + HOUR },
    now,
  });
}

async function opened(...of: Parameters<typeof open>): Promise<number> {
  const result = await open(...of);
  assert.equal(result.kind, "opened");
  return (result as { sessionId: number }).sessionId;
}

const isAlive = async (stage: Stage, id: number) =>
  await stage.store.getSession({ id, now: stage.now() }) !== null;

/** An account that comes in by the identity alone. */
async function newcomer(stage: Stage, username: string, role?: "admin" | "guest"): Promise<User> {
  const now = stage.now();
  const { user } = await stage.store.createAccount({
    username,
    displayName: username,
    passwordHash: "",
    session: { device: "test", address: ADDRESS, expiresAt: now + HOUR, way: "oidc" },
    firstOnly: false,
    identity: identity(username),
    ...(role && { role }),
    now,
  });
  return user;
}

export function oidcTests(test: StoreTest): void {
  test("an identity is nobody's until it is linked, then one person's and nobody else's", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    assert.equal(await stage.store.userOfIdentity(identity("a")), null);
    await link(stage, ann, identity("a"));
    assert.equal((await stage.store.userOfIdentity(identity("a")))?.username, "ann");
    await refused("conflict", link(stage, ben, identity("a")));
    assert.equal((await stage.store.userOfIdentity(identity("a")))?.username, "ann");
  });

  test("the same subject of another issuer is somebody else", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await link(stage, ann, identity("a"));
    await link(stage, ben, identity("a", "https://other.example.org"));
    const other = identity("a", "https://other.example.org");
    assert.equal((await stage.store.userOfIdentity(other))?.username, "ben");
    assert.equal(await stage.store.userOfIdentity(identity("A")), null);
  });

  test("linking once more changes the label alone, and the audit log tells of the first time", async (stage) => {
    const { ann } = await stage.people("ann");
    await link(stage, ann, identity("a"));
    await link(stage, ann, { ...identity("a"), label: "new@example.org" });
    const [only, ...others] = await stage.store.listConnections({ userId: ann.id });
    assert.deepEqual([only?.label, only?.lastUsed, others], ["new@example.org", null, []]);
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 9 });
    assert.deepEqual(entries.map(({ action, address }) => [action, address]), [[
      "connection.added",
      ADDRESS,
    ]]);
    assert.doesNotMatch(JSON.stringify(entries), /example\.org/);
  });

  test("of two who link one identity at once, one gets it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const results = await Promise.allSettled(
      [ann, ben].map((who) => link(stage, who, identity("a"))),
    );
    assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });

  test("one person has at most twenty linked accounts", async (stage) => {
    const { ann } = await stage.people("ann");
    for (let i = 0; i < 20; i++) await link(stage, ann, identity(`a${i}`));
    await refused("conflict", link(stage, ann, identity("one more")));
  });

  test("an account is made with its identity, both or neither", async (stage) => {
    await stage.people("ann");
    const ben = await newcomer(stage, "ben");
    assert.equal(ben.role, "member");
    assert.equal((await stage.store.userOfIdentity(identity("ben")))?.id, ben.id);
    const now = stage.now();
    await refused(
      "conflict",
      stage.store.createAccount({
        username: "another",
        displayName: "another",
        passwordHash: "",
        session: { device: "test", address: ADDRESS, expiresAt: now + HOUR },
        firstOnly: false,
        identity: identity("ben"),
        now,
      }),
    );
    assert.equal(await stage.store.credentials({ username: "another" }), null);
  });

  test("a removed identity lets nobody in, and the sessions that began with it end", async (stage) => {
    const { ann } = await stage.people("ann");
    await link(stage, ann, identity("a"));
    await link(stage, ann, identity("b"));
    const [byA, byB] = [
      await opened(stage, ann, identity("a")),
      await opened(stage, ann, identity("b")),
    ];
    const [first] = await stage.store.listConnections({ userId: ann.id });
    assert.ok(first!.lastUsed !== null);
    await remove(stage, ann, first!.id);
    assert.deepEqual([await isAlive(stage, byA), await isAlive(stage, byB)], [false, true]);
    assert.equal(await isAlive(stage, ann.sessionId), true);
    assert.equal((await open(stage, ann, identity("a"))).kind, "changed");
    assert.equal(await stage.store.userOfIdentity(identity("a")), null);
  });

  test("another's linked account is not there, and the only way in stays", async (stage) => {
    const { ann } = await stage.people("ann");
    const ben = await newcomer(stage, "ben");
    const [only] = await stage.store.listConnections({ userId: ben.id });
    await refused("not_found", remove(stage, ann, only!.id));
    await refused("conflict", remove(stage, ben, only!.id));
    assert.equal((await stage.store.userOfIdentity(identity("ben")))?.id, ben.id);
    await link(stage, ben, identity("second"));
    await remove(stage, ben, only!.id);
  });

  test("where a password lets in the owner alone, nobody else is left with it as the only way in", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (const user of [ann, ben]) await link(stage, user, identity(user.username));
    const [anns] = await stage.store.listConnections({ userId: ann.id });
    const [bens] = await stage.store.listConnections({ userId: ben.id });
    await refused("conflict", remove(stage, ben, bens!.id, true));
    assert.equal((await stage.store.userOfIdentity(identity("ben")))?.id, ben.id);
    await remove(stage, ann, anns!.id, true);
    await remove(stage, ben, bens!.id);
  });

  test("a session knows what it began with, and only its holder reads it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await link(stage, ann, identity("a"));
    const sessionId = await opened(stage, ann, identity("a"), "s1");
    assert.deepEqual(await stage.store.upstreamOf({ userId: ann.id, sessionId }), {
      issuer: "https://id.example.org",
      subject: "a",
      provider: "work",
      session: "s1",
      idToken: "a.b.c",
    });
    assert.equal(await stage.store.upstreamOf({ userId: ben.id, sessionId }), null);
    const own = { userId: ann.id, sessionId: ann.sessionId };
    assert.equal(await stage.store.upstreamOf(own), null);
  });

  test("a provider ends one of its sessions, or all of a person's, and no other ones", async (stage) => {
    const { ann } = await stage.people("ann");
    await link(stage, ann, identity("a"));
    const [one, two, three] = [
      await opened(stage, ann, identity("a"), "s1"),
      await opened(stage, ann, identity("a"), "s2"),
      await opened(stage, ann, identity("a"), null),
    ];
    const issuer = "https://id.example.org";
    const end = (of: { issuer: string; subject: string | null; session: string | null }) =>
      stage.store.endUpstream({ ...of, now: stage.now() });
    assert.equal(await end({ issuer: "https://evil.example.org", subject: "a", session: null }), 0);
    assert.equal(await end({ issuer, subject: "a", session: "s1" }), 1);
    const alive = () => Promise.all([one!, two!, three!].map((id) => isAlive(stage, id)));
    assert.deepEqual(await alive(), [false, true, true]);
    assert.equal(await end({ issuer, subject: "a", session: null }), 2);
    assert.deepEqual(await alive(), [false, false, false]);
    assert.equal(await isAlive(stage, ann.sessionId), true);
    const [revoked] = stage.commits.at(-1)!;
    assert.equal(revoked?.type, "revoked");
  });

  test("a role follows the provider, but never the owner's", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const follow = (user: User, role: "admin" | "member" | "guest") =>
      stage.store.followRole({ userId: user.id, role, address: ADDRESS, now: stage.now() });
    assert.equal((await follow(ben, "admin")).role, "admin");
    assert.equal((await follow(ben, "guest")).role, "guest");
    assert.equal((await follow(ann, "guest")).role, "owner");
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 9 });
    assert.deepEqual(entries.map(({ actor, detail }) => [actor.kind, detail.to]), [
      ["program", "guest"],
      ["program", "admin"],
    ]);
  });

  test("what works once works once, also for two at the same moment", async (stage) => {
    const spend = (hash: string) => {
      const now = stage.now();
      return stage.store.spendOnce({ hash, expiresAt: now + HOUR, now });
    };
    const both = await Promise.all([spend("a"), spend("a"), spend("b")]);
    assert.equal(both.filter(Boolean).length, 2);
    assert.equal(await spend("a"), false);
  });

  test("where others come in by a provider, what is kept here opens a session for the owner alone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const byPassword = (user: User) => {
      const now = stage.now();
      return stage.store.openSession({
        userId: user.id,
        session: { device: "x", address: ADDRESS, expiresAt: now + HOUR, way: "password" },
        passwordHash: `hash of ${user.username}`,
        ownerOnly: true,
        ticket: { hash: `ticket of ${user.username}`, expiresAt: now + HOUR },
        now,
      });
    };
    assert.equal((await byPassword(ann)).kind, "opened");
    assert.equal((await byPassword(ben)).kind, "elsewhere");
    assert.equal((await stage.store.listSessions({ userId: ben.id, now: stage.now() })).length, 1);
  });
}
