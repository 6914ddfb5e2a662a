/** The schemas of the audit log's answers: see `objects.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from "../../../protocol/audit.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { id, of, time } from "./base.ts";

const auditUser = z.object({ kind: z.literal("user"), id, username: z.string() });

export const auditEntry = of<AuditEntry>()(z.object({
  id,
  at: time,
  actor: z.union([
    auditUser,
    z.object({ kind: z.literal("operator") }),
    z.object({ kind: z.literal("program") }),
    z.object({ kind: z.literal("stranger") }),
  ]).meta({
    description: "`operator`: a command on the server; `program`: by itself; `stranger`: nobody " +
      "who was signed in.",
  }),
  action: z.enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]]),
  target: z.union([
    auditUser,
    z.object({ kind: z.enum(["room", "invite", "request"]), id, name: z.string() }),
    z.object({ kind: z.enum(["setting", "provider", "emoji"]), name: z.string() }),
  ]).nullable(),
  detail: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  ).meta({ description: "More about it, as the action has it." }),
  address: z.string().nullable(),
}));

export const auditPage = of<Result<"listAudit">>()(z.object({
  entries: z.array(auditEntry).max(LIMITS.pageMax).meta({ description: "The latest first." }),
  next: id.nullable().meta({ description: "The next page's `before`; `null` after the last." }),
}));

export const auditFile = z.string().meta({
  description: "A row for each entry, below the columns' names; or, asked for, JSON.",
});

export const AUDIT_NAMED = {
  AuditEntry: auditEntry,
  AuditPage: auditPage,
  AuditFile: auditFile,
};
