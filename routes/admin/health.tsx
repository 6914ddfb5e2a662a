/** `/admin/health`: how the chat is doing. */
import { adminHandlers } from "../../lib/http/admin.ts";
import { readHealth } from "../../lib/http/health.ts";
import { define } from "../../lib/http/state.ts";
import { HealthPage } from "../../lib/ui/admin/HealthPage.tsx";
import { AdminDocument } from "../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(adminHandlers({
  section: "health",
  read: async (ctx) => ({ health: await readHealth(ctx), now: ctx.state.services.now() }),
}));

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="health" state={state}>
    <HealthPage {...data} />
  </AdminDocument>
));
