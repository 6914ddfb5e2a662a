/** Reading the audit log, as staff search it: the latest first, each filter by an index. */
import type { AuditEntry, AuditPage } from "../../protocol/audit.ts";
import { mayAdminister } from "../../protocol/permissions.ts";
import type { AuditFilter } from "../contract/audit.ts";
import type { Driver, Value } from "../driver.ts";
import {
  actorOf,
  AUDIT_COLUMNS,
  type AuditRow,
  detailOf,
  recordAudit,
  targetOf,
} from "./parts/audit.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { recordStaffFailure } from "./parts/staff_sign_ins.ts";
import { findUser, requireActor } from "./parts/users.ts";

const NOT_FOR_YOU = "Only staff read the audit log.";

export const noteFailedSignIn = write(async (db: Driver, input: Input<"noteFailedSignIn">) => {
  const user = await findUser(db, input.userId);
  if (user !== null) await recordStaffFailure(db, user, { ...input, at: input.now });
  return { result: undefined, changes: NO_CHANGES };
});

export const listAudit = read(async (db: Driver, input: Input<"listAudit">): Promise<AuditPage> => {
  await requireActor(db, input.userId, mayAdminister, NOT_FOR_YOU);
  const { before, limit } = input;
  const [first, last] = await bounds(db, input);
  const [conditions, parameters] = conditionsOf(input);
  const rows = await db.all<AuditRow>(
    `SELECT ${AUDIT_COLUMNS} FROM audit AS a
     LEFT JOIN users AS actor ON actor.id = a.actor_id
     LEFT JOIN users AS target ON a.target_kind = 'user' AND target.id = a.target_id
     WHERE a.id >= ? AND a.id < ? ${conditions} ORDER BY a.id DESC LIMIT ?`,
    [first, Math.min(last, before ?? last), ...parameters, limit + 1],
  );
  const entries = rows.slice(0, limit).map(toEntry);
  return { entries, next: rows.length > limit ? entries.at(-1)!.id : null };
});

export const beginAuditExport = write(async (db: Driver, input: Input<"beginAuditExport">) => {
  const actor = await requireActor(db, input.userId, mayAdminister, NOT_FOR_YOU);
  const id = await recordAudit(db, {
    actor,
    action: "audit.exported",
    target: null,
    detail: { format: input.format },
    address: input.address,
    at: input.now,
  });
  return { result: { before: id + 1 }, changes: NO_CHANGES };
});

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: actorOf(row),
    action: row.action,
    target: targetOf(row),
    detail: detailOf(row),
    address: row.address,
  };
}

/**
 * Ids rise with time, but for the clocks of several nodes, which are seconds apart: no more entries
 * than this are written meanwhile.
 */
const OUT_OF_ORDER = 1_000;

/** Which ids an interval can have, so that an early one is not reached by reading all since then. */
async function bounds(db: Driver, { since, until }: AuditFilter): Promise<[number, number]> {
  const earlier = since === undefined ? undefined : await db.get<{ id: number }>(
    "SELECT id FROM audit WHERE at < ? ORDER BY at DESC, id DESC LIMIT 1",
    [since],
  );
  const later = until === undefined ? undefined : await db.get<{ id: number }>(
    "SELECT id FROM audit WHERE at >= ? ORDER BY at, id LIMIT 1",
    [until],
  );
  return [
    earlier === undefined ? 0 : earlier.id - OUT_OF_ORDER,
    later === undefined ? Number.MAX_SAFE_INTEGER : later.id + OUT_OF_ORDER,
  ];
}

function conditionsOf(filter: AuditFilter): [string, Value[]] {
  const asked: [string, Value | undefined][] = [
    ["AND a.actor_id = ?", filter.actor],
    ["AND a.target_kind = 'user' AND a.target_id = ?", filter.target],
    ["AND a.action = ?", filter.action],
    ["AND a.at >= ?", filter.since],
    ["AND a.at < ?", filter.until],
  ];
  const used = asked.filter((each): each is [string, Value] => each[1] !== undefined);
  return [used.map(([sql]) => sql).join(" "), used.map(([, value]) => value)];
}
