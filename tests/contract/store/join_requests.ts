/** Requests to join: kept for staff, who let people in or refuse. */
import assert from "node:assert/strict";
import type { JoinRequest } from "../../../lib/protocol/join_requests.ts";
import { WAITING_REQUESTS } from "../../../lib/protocol/limits.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, joinedIn, refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

function ask({ store }: Stage, username: string, more: { now?: number } = {}) {
  const asked = { displayName: username.toUpperCase(), passwordHash: `hash of ${username}` };
  return store.askToJoin({
    username,
    ...asked,
    note: "May I?",
    address: "192.0.2.7",
    now: 1,
    ...more,
  });
}

interface Decision {
  role?: "member" | "guest";
  rooms?: number[];
}

function decide(
  stage: Stage,
  user: User,
  { id }: JoinRequest,
  state: "accepted" | "refused",
  { role = "member", rooms = [] }: Decision = {},
): Promise<JoinRequest> {
  const now = stage.now();
  return stage.store.decideJoinRequest({ userId: user.id, id, state, role, rooms, now });
}

const list = ({ store }: Stage, user: User, state: "waiting" | "decided" = "waiting", after = 0) =>
  store.listJoinRequests({ userId: user.id, state, after: after || null, limit: 2 });

export function joinRequestTests(test: StoreTest): void {
  test("who is let in has an account with the name and the password that they chose", async (stage) => {
    const { ann } = await stage.people("ann");
    const request = await ask(stage, "ben");
    assert.equal(await stage.store.credentials({ username: "ben" }), null);
    const asked = await stage.store.askedCredentials({ username: "BEN" });
    assert.deepEqual(asked, { passwordHash: "hash of ben", state: "waiting" });
    stage.takeChanges();
    const accepted = await decide(stage, ann, request, "accepted");
    const { user, passwordHash } = (await stage.store.credentials({ username: "ben" }))!;
    assert.deepEqual([user.displayName, user.role, passwordHash], ["BEN", "member", "hash of ben"]);
    assert.deepEqual(accepted, {
      ...request,
      state: "accepted",
      decidedBy: ann.id,
      decidedAt: accepted.decidedAt,
      userId: user.id,
    });
    assert.deepEqual(joinedIn(stage.takeChanges()), [[user.id, 1]]);
    assert.equal(await stage.store.askedCredentials({ username: "ben" }), null);
  });

  test("the log names who was let in by their account, so that no name outlives its being erased", async (stage) => {
    const { ann } = await stage.people("ann");
    await decide(stage, ann, await ask(stage, "zora"), "accepted");
    await decide(stage, ann, await ask(stage, "quin"), "refused");
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 10 });
    const targets = entries.filter(({ action }) => action.startsWith("request."))
      .map(({ target }) => target?.kind);
    assert.deepEqual(targets, ["request", "user"]);
  });

  test("who is let in as a guest is in the rooms that staff chose, and in no other", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("private", "for guests", ann);
    const request = await ask(stage, "gus");
    const { userId } = await decide(stage, ann, request, "accepted", {
      role: "guest",
      rooms: [room.id],
    });
    const { user, rooms } = await snapshotOf(stage.store, userId!);
    assert.deepEqual([user.role, rooms.map(({ id }) => id)], ["guest", [room.id]]);
  });

  test("who is refused may ask again, and is told how it stands", async (stage) => {
    const { ann } = await stage.people("ann");
    await decide(stage, ann, await ask(stage, "ben"), "refused");
    const state = async () => (await stage.store.askedCredentials({ username: "ben" }))?.state;
    assert.equal(await state(), "refused");
    const again = await ask(stage, "ben");
    assert.equal(await state(), "waiting");
    await decide(stage, ann, again, "accepted");
  });

  test("staff are told how many wait, also when they come back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const told = () =>
      stage.takeChanges().flatMap((change) => change.type === "requests" ? [change.waiting] : []);
    const request = await ask(stage, "cid");
    await ask(stage, "dan");
    assert.deepEqual(told(), [1, 2]);
    await decide(stage, ann, request, "refused");
    assert.deepEqual(told(), [1]);
    assert.equal((await snapshotOf(stage.store, ann.id)).requests, 1);
    assert.equal("requests" in await snapshotOf(stage.store, ben.id), false);
  });

  test("of two who decide at once, the second is told that it is decided", async (stage) => {
    const { ann } = await stage.people("ann");
    const request = await ask(stage, "ben");
    const results = await Promise.allSettled([
      decide(stage, ann, request, "accepted"),
      decide(stage, ann, request, "accepted"),
      decide(stage, ann, request, "refused"),
    ]);
    const codes = results.map((result) =>
      result.status === "fulfilled" ? "done" : result.reason.code
    );
    assert.deepEqual(codes.sort(), ["conflict", "conflict", "done"]);
  });

  test("a name that is taken, or waits, is refused; one taken meanwhile lets nobody in", async (stage) => {
    const { ann } = await stage.people("ann");
    await refused("conflict", ask(stage, "ANN"));
    const request = await ask(stage, "ben");
    await refused("conflict", ask(stage, "Ben"));
    await stage.signup("ben");
    await refused("conflict", decide(stage, ann, request, "accepted"));
    assert.deepEqual((await list(stage, ann)).requests.map(({ id }) => id), [request.id]);
  });

  test("staff alone see and decide", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const request = await ask(stage, "cid");
    await refused("forbidden", list(stage, ben));
    await refused("forbidden", decide(stage, ben, request, "accepted"));
    await refused("not_found", decide(stage, ann, { ...request, id: 999 }, "accepted"));
    const hidden = await stage.room("private", "hidden", ben);
    await refused("not_found", decide(stage, ann, request, "accepted", { rooms: [hidden.id] }));
    assert.equal((await list(stage, ann)).waiting, 1);
  });

  test("who asked first comes first, who was decided last comes first, page by page", async (stage) => {
    const { ann } = await stage.people("ann");
    const made: JoinRequest[] = [];
    for (const name of ["ben", "cid", "dan"]) made.push(await ask(stage, name));
    const ids = made.map(({ id }) => id);
    const pages = async (state: "waiting" | "decided") => {
      const first = await list(stage, ann, state);
      const second = await list(stage, ann, state, first.next!);
      assert.equal(second.next, null);
      return [...first.requests, ...second.requests].map(({ id }) => id);
    };
    assert.deepEqual(await pages("waiting"), ids);
    for (const request of made) await decide(stage, ann, request, "refused");
    assert.deepEqual(await pages("decided"), ids.toReversed());
    await ask(stage, "eve", { now: stage.now() + 91 * 24 * HOUR });
    assert.deepEqual((await list(stage, ann, "decided")).requests, [], "long decided, forgotten");
  });

  test("so many may wait, and no more", async (stage) => {
    const { ann } = await stage.people("ann");
    const all = Array.from({ length: WAITING_REQUESTS }, (_, at) => ask(stage, `person-${at}`));
    const [first] = await Promise.all(all);
    const refusal = await refused("unavailable", ask(stage, "late"));
    assert.ok(refusal.retryAfter! > 0);
    await decide(stage, ann, first!, "refused");
    await ask(stage, "late");
  });
}
