/**
 * The audit log: who did what to whom, from where, as staff read it. The list of actions is closed:
 * what is not in it cannot be recorded. Schemas for the server; the browser imports the types only.
 *
 * **How to add an action.** A line in `AuditDetails` with what is told of it, a line in
 * `AUDIT_ACTIONS`, a sentence in `lib/ui/catalogue/{en,ru}/audit.ts`. Then call `recordAudit` in
 * the transaction that does it. Never a secret: no password, code, token, or link that lets in.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { InviteRole } from "./invites.ts";
import { LIMITS } from "./limits.ts";
import type { TextsFate, UsernameFate } from "./staff.ts";
import type { UserRole } from "./people.ts";
import type { ResetOrigin } from "./recovery.ts";
import type { SecondFactor, WayIn } from "./ways_in.ts";

type Nothing = Record<string, never>;
/** The value itself, or, of what is longer or not plain, the beginning of its JSON. */
type SettingShown = string | number | boolean | null;

/** Each action, and what the log tells of it besides who and whom: a few short values. */
export interface AuditDetails {
  "user.role": { from: UserRole; to: UserRole };
  "user.disabled": Nothing;
  "user.enabled": Nothing;
  "user.signed_out": Nothing;
  /** Their picture was taken away. */
  "user.picture": Nothing;
  "user.erased": { texts: TextsFate; username: UsernameFate };
  /** The target is the owner from now on. */
  "owner.handed_over": Nothing;
  /** A new one, given by somebody else. */
  "user.password": Nothing;
  /** A link for a new password was made. */
  "user.reset_link": Nothing;
  /** A link was used, which staff, the operator, or its reader asked for. */
  "user.reset": { link: ResetOrigin };
  /** The target is the setting; null is what holds where nothing is set. */
  "workspace.set": { from: SettingShown; to: SettingShown };
  "invite.made": { role: InviteRole; rooms: number; uses: number | null; expiresAt: number | null };
  "invite.revoked": { maker: number; used: number };
  /** By somebody who came by it, to a new account or with the one they have. */
  "invite.used": { account: "new" | "existing"; maker: number };
  /** An account elsewhere, by which somebody signs in here. */
  "connection.added": { provider: string };
  "connection.removed": { provider: string };
  /** Of staff alone; of many failures some are told. */
  "sign_in.done": { way: WayIn };
  "sign_in.failed": { step: "password" | "second" };
  /** The second factor, by its owner. */
  "factor.on": { kind: SecondFactor };
  "factor.off": { kind: SecondFactor };
  /** New recovery codes. */
  "factor.codes": Nothing;
  /** All of somebody's second factors were taken away, by staff or the operator. */
  "user.factors": Nothing;
  "request.accepted": { role?: InviteRole };
  "request.refused": { role?: InviteRole };
  /** An e-mail address was proven to be the account's. */
  "email.proven": Nothing;
  "email.removed": Nothing;
  /** One's own. */
  "passkey.added": { name: string };
  "passkey.removed": { name: string };
  /** Whether one is asked for after the password. */
  "passkey.after_password": { on: boolean };
  "emoji.added": Nothing;
  /** `maker`: who had added it. */
  "emoji.removed": { maker: number };
  "audit.exported": { format: "csv" | "json" };
}

export type AuditAction = keyof AuditDetails;

/** How staff find them: by what they are about. */
export type AuditArea = "people" | "invites" | "workspace" | "audit";

export const AUDIT_ACTIONS: Readonly<Record<AuditAction, AuditArea>> = {
  "user.role": "people",
  "user.disabled": "people",
  "user.enabled": "people",
  "user.signed_out": "people",
  "user.picture": "people",
  "user.erased": "people",
  "owner.handed_over": "people",
  "user.password": "people",
  "user.reset_link": "people",
  "user.reset": "people",
  "workspace.set": "workspace",
  "invite.made": "invites",
  "invite.revoked": "invites",
  "invite.used": "invites",
  "connection.added": "people",
  "connection.removed": "people",
  "sign_in.done": "people",
  "sign_in.failed": "people",
  "factor.on": "people",
  "factor.off": "people",
  "factor.codes": "people",
  "user.factors": "people",
  "request.accepted": "invites",
  "request.refused": "invites",
  "email.proven": "people",
  "email.removed": "people",
  "passkey.added": "people",
  "passkey.removed": "people",
  "passkey.after_password": "people",
  "emoji.added": "workspace",
  "emoji.removed": "workspace",
  "audit.exported": "audit",
};

/**
 * Who did it. `operator`: a command on the server itself. `program`: by itself, as when a time is
 * over. `stranger`: nobody who was signed in.
 */
export type AuditActor =
  | { kind: "user"; id: number; username: string }
  | { kind: "operator" }
  | { kind: "program" }
  | { kind: "stranger" };

/** Whom or what it was done to. A `name` is as it was then; a user's is as it is now. */
export type AuditTarget =
  | { kind: "user"; id: number; username: string }
  | { kind: "room" | "invite" | "request"; id: number; name: string }
  | { kind: "setting" | "provider" | "emoji"; name: string };

export type AuditDetail = Record<string, string | number | boolean | null>;

export interface AuditEntry {
  id: number;
  at: number;
  actor: AuditActor;
  action: AuditAction;
  /** Null where it was done to nobody and nothing but the chat itself. */
  target: AuditTarget | null;
  detail: AuditDetail;
  /** From which network address; null for what happened on the server itself. */
  address: string | null;
}

export interface AuditPage {
  /** The latest first. */
  entries: AuditEntry[];
  /** The next page's `before`; null after the last. */
  next: number | null;
}

const action = z.lazy(() => z.enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]]));

/** What of the log is asked for. */
const filter = (written: field.NumberForm) => ({
  /** Who did it: a user's id. */
  actor: written(field.id).optional(),
  /** To whom it was done: a user's id. */
  target: written(field.id).optional(),
  action: action.optional(),
  /** Not before this time. */
  since: written(field.seq).optional(),
  /** Before this time. */
  until: written(field.seq).optional(),
});

const page = (written: field.NumberForm) => ({
  ...filter(written),
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listAudit = field.object(() => page(field.asNumber));

/** Of `GET /api/audit`. */
export const auditQuery = field.object(() => page(field.asDigits));

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = typeof EXPORT_FORMATS[number];

const exported = (written: field.NumberForm) => ({
  ...filter(written),
  format: z.lazy(() => z.enum(EXPORT_FORMATS)),
});

export const exportAudit = field.object(() => exported(field.asNumber));

/** Of `GET /api/audit/export`. */
export const exportQuery = field.object(() => exported(field.asDigits));
