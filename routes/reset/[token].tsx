/** `/reset/:token`: a new password by a link, without a script. */
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { showReset, submitReset } from "../../lib/http/recovery.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { ResetPage } from "../../lib/ui/pages/ResetPage.tsx";

export const handler = define.handlers({ GET: showReset, POST: submitReset });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).recovery.resetTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
    secretAddress
  >
    <ResetPage language={state.language} {...data} />
  </Document>
));
