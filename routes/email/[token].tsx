/** `/email/:token`: proves an e-mail address by a letter's link, without a script. */
import { showProof, submitProof } from "../../lib/http/email_proof.ts";
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { EmailProofPage } from "../../lib/ui/pages/EmailProofPage.tsx";

export const handler = define.handlers({ GET: showProof, POST: submitProof });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).emails.proofTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
    secretAddress
  >
    <EmailProofPage language={state.language} {...data} />
  </Document>
));
