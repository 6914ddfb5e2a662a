/** `/admin/invitations`: everybody's invitations, for staff. */
import { adminHandlers } from "../../lib/http/admin.ts";
import { readInvitations, submitForStaff } from "../../lib/http/invitation_pages.ts";
import { define } from "../../lib/http/state.ts";
import { InvitationsPage } from "../../lib/ui/admin/InvitationsPage.tsx";
import { AdminDocument } from "../(_parts)/AdminDocument.tsx";

export const handler = define.handlers(
  adminHandlers({ section: "invitations", read: readInvitations, submit: submitForStaff }),
);

export default define.page<typeof handler>(({ data, state }) => (
  <AdminDocument section="invitations" state={state}>
    <InvitationsPage {...data} />
  </AdminDocument>
));
