/** `/email/:token`: proves an e-mail address by a letter's link, without a script. */
import { showProof, submitProof } from "../../lib/http/email_proof.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { EmailProofPage } from "../../lib/ui/pages/EmailProofPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

export const handler = define.handlers({ GET: showProof, POST: submitProof });

export default define.page<typeof handler>(({ data, state }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).emails.proofTitle}
    secretAddress
  >
    <EmailProofPage language={state.language} {...data} />
  </PlainDocument>
));
