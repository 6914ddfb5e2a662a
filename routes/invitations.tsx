/** `/invitations`: one's own invitations; staff are led to everybody's. */
import { ADMIN_STYLES } from "../lib/http/admin.ts";
import { ownInvitations } from "../lib/http/invitation_pages.ts";
import { SETTINGS_ENTRY } from "../lib/http/settings.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { OwnInvitations } from "../lib/ui/invites/OwnInvitations.tsx";
import { Document } from "../lib/ui/pages/Document.tsx";

export const handler = define.handlers(ownInvitations);

export default define.page<typeof handler>(({ data, state }) => {
  const { assets } = state.services;
  const { script, preload } = assets(SETTINGS_ENTRY);
  return (
    <Document
      language={state.language}
      theme={data.me.theme}
      title={pageWords(state.language).invites.title}
      stylesheets={assets(ADMIN_STYLES).styles}
      modules={preload}
      scripts={script === null ? [] : [script]}
    >
      <OwnInvitations {...data} />
    </Document>
  );
});
