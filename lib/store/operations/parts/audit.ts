/**
 * Writing the audit log: in the transaction of the act itself, so that neither is there without the
 * other. It asks no rule and decides nothing about what is told: see `protocol/audit.ts`.
 */
import type {
  AuditAction,
  AuditActor,
  AuditDetail,
  AuditDetails,
  AuditTarget,
} from "../../../protocol/audit.ts";
import type { Driver } from "../../driver.ts";

/** Whoever it was; of a user, the id is enough. */
export type ActorNamed = Exclude<AuditActor, { kind: "user" }>["kind"] | { id: number };

/** A user, or another thing that an act is done to. */
export type TargetNamed = { user: number } | Exclude<AuditTarget, { kind: "user" }>;

export interface Act<Action extends AuditAction> {
  actor: ActorNamed;
  action: Action;
  target: TargetNamed | null;
  detail: AuditDetails[Action];
  /** From where; null on the server itself, or where it is unknown. */
  address: string | null | undefined;
  at: number;
}

/** Somebody does it to themselves. */
export function bySelf(userId: number): { actor: { id: number }; target: { user: number } } {
  return { actor: { id: userId }, target: { user: userId } };
}

/** No address is longer, and no name worth more in a line. */
const LONGEST = 200;

/** Returns the entry's id. */
export async function recordAudit<Action extends AuditAction>(
  db: Driver,
  { actor, action, target, detail, address, at }: Act<Action>,
): Promise<number> {
  const who = typeof actor === "string"
    ? { kind: actor, id: null }
    : { kind: "user", id: actor.id };
  const { kind = null, id = null, name = null } = partsOf(target);
  return await db.insert(
    `INSERT INTO audit
       (at, action, actor_kind, actor_id, target_kind, target_id, target_name, detail, address)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      at,
      action,
      who.kind,
      who.id,
      kind,
      id,
      name?.slice(0, LONGEST).toWellFormed() ?? null,
      JSON.stringify(detail),
      address?.slice(0, LONGEST) ?? null,
    ],
  );
}

interface TargetParts {
  kind?: string;
  id?: number;
  name?: string;
}

function partsOf(target: TargetNamed | null): TargetParts {
  if (target === null) return {};
  return "user" in target ? { kind: "user", id: target.user } : target;
}

/** `audit AS a` with `users AS actor` and `users AS target`, both if there are any. */
export const AUDIT_COLUMNS =
  "a.id, a.at, a.action, a.actor_kind, a.actor_id, actor.username AS actor_username, " +
  "a.target_kind, a.target_id, a.target_name, target.username AS target_username, a.detail, " +
  "a.address";

export interface AuditRow {
  id: number;
  at: number;
  action: AuditAction;
  actor_kind: AuditActor["kind"];
  actor_id: number | null;
  actor_username: string | null;
  target_kind: AuditTarget["kind"] | null;
  target_id: number | null;
  target_name: string | null;
  target_username: string | null;
  /** Our own JSON. */
  detail: string;
  address: string | null;
}

export function actorOf(row: AuditRow): AuditActor {
  if (row.actor_kind !== "user") return { kind: row.actor_kind };
  return { kind: "user", id: row.actor_id!, username: row.actor_username ?? "" };
}

export function targetOf(row: AuditRow): AuditTarget | null {
  const { target_kind: kind, target_id: id, target_name, target_username } = row;
  const name = target_name ?? "";
  switch (kind) {
    case null:
      return null;
    case "user":
      return { kind, id: id!, username: target_username ?? "" };
    case "setting":
    case "provider":
    case "emoji":
      return { kind, name };
    default:
      return { kind, id: id!, name };
  }
}

export function detailOf(row: AuditRow): AuditDetail {
  return JSON.parse(row.detail) as AuditDetail;
}
