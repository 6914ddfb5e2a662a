/** `/admin/requests`: who asks to join. */
import { adminHandlers } from "../../lib/http/admin.ts";
import { readRequests, submitRequest } from "../../lib/http/request_pages.ts";
import { define } from "../../lib/http/state.ts";
import { RequestsPage } from "../../lib/ui/admin/RequestsPage.tsx";
import { AdminDocument } from "../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(
  adminHandlers({ section: "requests", read: readRequests, submit: submitRequest }),
);

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="requests" state={state}>
    <RequestsPage {...data} />
  </AdminDocument>
));
