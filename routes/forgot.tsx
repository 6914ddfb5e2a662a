/** `/forgot`: asks for a link to a new password by mail, without a script. */
import { PLAIN_STYLES } from "../lib/http/pages.ts";
import { showForgot, submitForgot } from "../lib/http/recovery.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { Document } from "../lib/ui/pages/Document.tsx";
import { ForgotPage } from "../lib/ui/pages/ForgotPage.tsx";

export const handler = define.handlers({ GET: showForgot, POST: submitForgot });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).recovery.forgotTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
  >
    <ForgotPage language={state.language} {...data} />
  </Document>
));
