/** `/api/docs`: the HTTP interface, described for people; open to everybody. */
import { API_DOCS_ENTRY } from "../../../lib/http/pages.ts";
import { define } from "../../../lib/http/state.ts";
import { pageWords } from "../../../lib/ui/catalogue/pages.ts";
import { ApiDocsPage } from "../../../lib/ui/pages/ApiDocsPage.tsx";
import { Document } from "../../../lib/ui/pages/Document.tsx";

export default define.page(({ state }) => {
  const { language, caller, services } = state;
  const { script, styles } = services.assets(API_DOCS_ENTRY);
  return (
    <Document
      language={language}
      theme={caller?.user.theme ?? "system"}
      title={pageWords(language).apiDocs.title}
      stylesheets={styles}
      scripts={script === null ? [] : [script]}
    >
      <ApiDocsPage language={language} />
    </Document>
  );
});
