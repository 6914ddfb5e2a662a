/** `/admin/audit`: who did what to whom. */
import { adminHandlers } from "../../lib/http/admin.ts";
import { readAudit } from "../../lib/http/admin_audit.ts";
import { define } from "../../lib/http/state.ts";
import { AuditLogPage } from "../../lib/ui/admin/AuditLogPage.tsx";
import { AdminDocument } from "../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(adminHandlers({ section: "audit", read: readAudit }));

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="audit" state={state}>
    <AuditLogPage {...data} />
  </AdminDocument>
));
