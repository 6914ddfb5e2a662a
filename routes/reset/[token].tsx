/** `/reset/:token`: a new password by a link, without a script. */
import { showReset, submitReset } from "../../lib/http/recovery.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { ResetPage } from "../../lib/ui/pages/ResetPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

export const handler = define.handlers({ GET: showReset, POST: submitReset });

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).recovery.resetTitle}
    secretAddress
  >
    <ResetPage language={state.language} {...data} />
  </PlainDocument>
));
