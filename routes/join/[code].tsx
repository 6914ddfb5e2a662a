/** `/join/:code`: an invitation, without a script. */
import { joinByInvitation, showInvitation } from "../../lib/http/join.ts";
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { InvitationPage } from "../../lib/ui/pages/InvitationPage.tsx";

export const handler = define.handlers({ GET: showInvitation, POST: joinByInvitation });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme={state.caller?.user.theme ?? "system"}
    title={pageWords(state.language).invitation.pageTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
    secretAddress
  >
    <InvitationPage language={state.language} {...data} />
  </Document>
));
