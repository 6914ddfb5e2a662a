/** The request of the audit log: see `operation.ts`. */
import { auditQuery, exportQuery } from "../../../protocol/audit.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import { auditFile, auditPage } from "../objects/audit.ts";
import type { ApiOperation } from "../operation.ts";

const FILTERS = {
  actor: "Only what this user did.",
  target: "Only what was done to this user.",
  action: "Only this action.",
  since: "Not before this time.",
  until: "Before this time.",
};

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
        ...FILTERS,
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
  {
    id: "exportAudit",
    command: "exportAudit",
    tag: "audit",
    method: "GET",
    path: "/api/audit/export",
    from: "caller",
    summary: "Download the audit log",
    description:
      "For staff, as a file: a table for spreadsheets, or JSON with the same entries as " +
      "`GET /api/audit` has them. That it was downloaded becomes an entry itself.",
    query: {
      schema: exportQuery,
      notes: { ...FILTERS, format: "A table, or JSON." },
      examples: ["format=csv", "format=csv&action=user.role"],
    },
    answers: {
      200: { description: "The file.", schema: auditFile, type: "text/csv" },
    },
    refusals: { forbidden: "You are not staff." },
  },
];
