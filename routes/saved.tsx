/** `/saved`: the caller's saved messages. */
import { SAVED_STYLES, showSaved, takeOut } from "../lib/http/saved.ts";
import { define } from "../lib/http/state.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { Document } from "../lib/ui/pages/Document.tsx";
import { SavedMessages } from "../lib/ui/saved/SavedMessages.tsx";

export const handler = define.handlers({ GET: showSaved, POST: takeOut });

export default define.page<typeof handler>(({ data, state }) => (
  <Document
    language={data.language}
    theme={data.me.theme}
    title={pageWords(data.language).saved.link}
    stylesheets={state.services.assets(SAVED_STYLES).styles}
  >
    <SavedMessages {...data} />
  </Document>
));
