/** `/forgot`: asks for a link to a new password by mail, without a script. */
import { showForgot, submitForgot } from "../lib/http/recovery.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { ForgotPage } from "../lib/ui/pages/ForgotPage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

export const handler = define.handlers({ GET: showForgot, POST: submitForgot });

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).recovery.forgotTitle}
  >
    <ForgotPage language={state.language} {...data} />
  </PlainDocument>
));
