/** `/join/:code`: an invitation, without a script. */
import { joinByInvitation, showInvitation } from "../../lib/http/join.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { InvitationPage } from "../../lib/ui/pages/InvitationPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

export const handler = define.handlers({ GET: showInvitation, POST: joinByInvitation });

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).invitation.pageTitle}
    secretAddress
  >
    <InvitationPage language={state.language} {...data} />
  </PlainDocument>
));
