/** What the page of the audit log is asked for, as its form and its address say it. Pure. */
import type { AuditAction, ExportFormat } from "../../protocol/audit.ts";
import type { PageQuery } from "./sections.ts";

export interface AuditSearch {
  /** Usernames, as they were typed. */
  who: string;
  whom: string;
  action: AuditAction | null;
  /** Days in UTC, "2026-03-12"; both belong to it. */
  since: string;
  until: string;
}

export function auditSearchQuery({ who, whom, action, since, until }: AuditSearch): PageQuery {
  return { who, whom, action, since, until };
}

/** Milliseconds; undefined where no day was chosen. */
export function intervalOf({ since, until }: Pick<AuditSearch, "since" | "until">) {
  const start = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00Z`) : NaN;
  const known = (at: number) => Number.isFinite(at) && at >= 0 ? at : undefined;
  return { since: known(start(since)), until: known(start(until) + DAY) };
}

const DAY = 86_400_000;

/** The same entries as a file. */
export function exportPath(
  search: AuditSearch,
  ids: { actor?: number | undefined; target?: number | undefined },
  format: ExportFormat,
): string {
  const query = new URLSearchParams({ format });
  const asked = { ...ids, action: search.action, ...intervalOf(search) };
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return `/api/audit/export?${query}`;
}
