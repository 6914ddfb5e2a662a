/** The audit log: written by the acts it tells of, only appended, searched by staff. */
import assert from "node:assert/strict";
import type { AuditEntry } from "../../../lib/protocol/audit.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { AuditFilter } from "../../../lib/store/contract/audit.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";

const ADDRESS = "203.0.113.7";

function entries(stage: Stage, user: User, filter: AuditFilter = {}): Promise<AuditEntry[]> {
  return stage.store.listAudit({ userId: user.id, before: null, limit: 100, ...filter })
    .then((page) => page.entries);
}

const setRole = (stage: Stage, actor: User, user: User, role: "admin" | "member" | "guest") =>
  stage.store.updateUser({
    actorId: actor.id,
    userId: user.id,
    role,
    address: ADDRESS,
    now: stage.now(),
  });

/** Who did what to whom, as one line each. */
const lines = (found: readonly AuditEntry[]) =>
  found.map(({ actor, action, target, detail }) => {
    const name = (one: typeof actor | typeof target) =>
      one === null ? "-" : "username" in one ? one.username : one.kind;
    const more = Object.values(detail).join(">");
    return [name(actor), action, name(target), more].join(" ").trimEnd();
  });

export function auditTests(test: StoreTest): void {
  test("a change of an account is in the audit log: who, what, whom, when and from where", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await setRole(stage, ann, ben, "admin");
    const [entry] = await entries(stage, ann);
    const { id, at, ...rest } = entry!;
    assert.ok(id > 0 && at > 0);
    assert.deepEqual(rest, {
      actor: { kind: "user", id: ann.id, username: "ann" },
      action: "user.role",
      target: { kind: "user", id: ben.id, username: "ben" },
      detail: { from: "member", to: "admin" },
      address: ADDRESS,
    });
  });

  test("what was refused, or changed nothing, is not in the audit log", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await refused("forbidden", setRole(stage, ben, cid, "guest"));
    await setRole(stage, ann, ben, "member");
    assert.deepEqual(await entries(stage, ann), []);
  });

  test("only staff read the audit log", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await setRole(stage, ann, ben, "admin");
    assert.equal((await entries(stage, ben)).length, 1);
    await refused("forbidden", entries(stage, cid));
    await setRole(stage, ann, ben, "guest");
    await refused("forbidden", entries(stage, ben));
  });

  test("the audit log is searched by who, what, whom and when", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await setRole(stage, ann, ben, "admin");
    await setRole(stage, ben, cid, "guest");
    const between = stage.now();
    const now = stage.now();
    await stage.store.updateUser({ actorId: ben.id, userId: cid.id, disabled: true, now });
    const all = ["ben user.disabled cid", "ben user.role cid member>guest"];
    const found = async (filter: AuditFilter) => lines(await entries(stage, ann, filter));
    assert.deepEqual(await found({}), [...all, "ann user.role ben member>admin"]);
    assert.deepEqual(await found({ actor: ben.id }), all);
    assert.deepEqual(await found({ target: cid.id }), all);
    assert.deepEqual(await found({ target: ben.id }), ["ann user.role ben member>admin"]);
    assert.deepEqual(await found({ action: "user.disabled" }), [all[0]]);
    assert.deepEqual(await found({ since: between }), [all[0]]);
    assert.deepEqual(await found({ until: between, actor: ben.id }), [all[1]]);
    assert.deepEqual(await found({ since: between, until: between }), []);
  });

  test("pages of the audit log go on where the one before ended, also when something is added", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (const role of ["admin", "member", "guest", "admin"] as const) {
      await setRole(stage, ann, ben, role);
    }
    const page = (before: number | null) =>
      stage.store.listAudit({ userId: ann.id, before, limit: 3 });
    const first = await page(null);
    assert.equal(first.entries.length, 3);
    await setRole(stage, ann, ben, "member");
    const second = await page(first.next);
    assert.deepEqual(lines(second.entries), ["ann user.role ben member>admin"]);
    assert.equal(second.next, null);
  });
}
