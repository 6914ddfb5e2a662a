/** `/api/audit/export`: the audit log as a file, for staff. */
import { exportAudit } from "../../../lib/http/audit.ts";
import { define } from "../../../lib/http/state.ts";

export const handler = define.handlers({ GET: exportAudit });
