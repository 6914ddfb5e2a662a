/** `/admin/invitations`: everybody's invitations, for staff. */
import { pageWords } from "../catalogue/pages.ts";
import { InvitationsBody, type InvitationsData } from "../invites/InvitationsBody.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { adminPath, type AdminProps } from "./sections.ts";

export function InvitationsPage(props: AdminProps & InvitationsData) {
  const words = pageWords(props.language);
  return (
    <AdminFrame section="invitations" {...props}>
      <p class="hint">{words.invites.lead}</p>
      <InvitationsBody {...props} path={(query) => adminPath("invitations", props.room, query)} />
    </AdminFrame>
  );
}
