/** `/signup/asked`: what happens next, for whoever has asked to join. */
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { AskedPage } from "../../lib/ui/pages/AskedPage.tsx";
import { Document } from "../../lib/ui/pages/Document.tsx";

export default define.page(({ state, url }) => (
  <Document
    language={state.language}
    theme="system"
    title={pageWords(state.language).asking.sentTitle}
    stylesheets={state.services.assets(PLAIN_STYLES).styles}
  >
    <AskedPage language={state.language} username={url.searchParams.get("username") ?? ""} />
  </Document>
));
