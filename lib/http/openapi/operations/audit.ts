/** The request of the audit log: see `operation.ts`. */
import { auditQuery } from "../../../protocol/audit.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import { auditPage } from "../objects/audit.ts";
import type { ApiOperation } from "../operation.ts";

export const AUDIT: ApiOperation[] = [
  {
    id: "listAudit",
    command: "listAudit",
    tag: "audit",
    method: "GET",
    path: "/api/audit",
    from: "caller",
    summary: "Read the audit log",
    description: "For staff: the latest first. It is only ever appended.",
    query: {
      schema: auditQuery,
      notes: {
        actor: "Only what this user did.",
        target: "Only what was done to this user.",
        action: "Only this action.",
        since: "Not before this time.",
        until: "Before this time.",
        before: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "actor=1&action=user.role", "target=3&since=0&until=1000", "before=9&limit=2"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: auditPage,
        examples: {
          one: { summary: "One", value: { entries: [example.auditEntry], next: null } },
        },
      },
    },
    refusals: { forbidden: "You are not staff." },
  },
];
