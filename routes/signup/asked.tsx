/** `/signup/asked`: what happens next, for whoever has asked to join. */
import { define } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { AskedPage } from "../../lib/ui/pages/AskedPage.tsx";
import { PlainDocument } from "../(_parts)/PlainDocument.tsx";

export default define.page(({ state, url }) => (
  <PlainDocument
    state={state}
    title={pageWords(state.language).asking.sentTitle}
  >
    <AskedPage language={state.language} username={url.searchParams.get("username") ?? ""} />
  </PlainDocument>
));
