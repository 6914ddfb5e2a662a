/** The page for errors and missing pages. Programs get a problem instead, from `lib/http/errors.ts`. */
import { toConfabError } from "../lib/errors.ts";
import { define } from "../lib/http/state.ts";
import { HttpError } from "fresh";
import { Document } from "../lib/ui/pages/Document.tsx";
import { ErrorPage } from "../lib/ui/pages/ErrorPage.tsx";
import { PLAIN_STYLES } from "../lib/http/pages.ts";

export default define.page(({ error, state }) => {
  const code = error instanceof HttpError ? "not_found" : toConfabError(error).code;
  const { language, caller, services } = state;
  return (
    <Document
      language={language}
      theme={caller?.user.theme ?? "system"}
      stylesheets={services.assets(PLAIN_STYLES).styles}
    >
      <ErrorPage language={language} code={code} />
    </Document>
  );
});
