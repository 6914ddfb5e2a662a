/** `/admin/settings`: what holds for everybody. */
import { adminHandlers } from "../../lib/http/admin.ts";
import { readWorkspace, saveWorkspace } from "../../lib/http/admin_workspace.ts";
import { define } from "../../lib/http/state.ts";
import { WorkspacePage } from "../../lib/ui/admin/WorkspacePage.tsx";
import { AdminDocument } from "../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(
  adminHandlers({ section: "settings", read: readWorkspace, submit: saveWorkspace }),
);

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="settings" state={state}>
    <WorkspacePage {...data} />
  </AdminDocument>
));
