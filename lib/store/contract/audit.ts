/** The audit log, which is only ever appended, by the operations whose acts it tells of. */
import type { AuditAction, AuditPage, ExportFormat } from "../../protocol/audit.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface AuditFilter {
  /** Users' ids. */
  actor?: number | undefined;
  target?: number | undefined;
  action?: AuditAction | undefined;
  since?: Timestamp | undefined;
  until?: Timestamp | undefined;
}

export interface Audit {
  /** For staff: the latest entries first, before the entry `before`. */
  listAudit(
    input: AuditFilter & { userId: number; before: number | null; limit: number },
  ): Promise<AuditPage>;
  /** Somebody failed to sign in as this user: kept if they are staff. */
  noteFailedSignIn(input: {
    userId: number;
    /** At the password, or at what was asked for after it. */
    step: "password" | "second";
    address: string;
    now: Timestamp;
  }): Promise<void>;
  /** Writes into the log that staff take it away, and returns the entry after the last one of now. */
  beginAuditExport(input: {
    userId: number;
    format: ExportFormat;
    address?: string | undefined;
    now: Timestamp;
  }): Promise<{ before: number }>;
}
