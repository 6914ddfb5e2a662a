/** The page around the description of the HTTP interface, which a script shows. */
import type { Language } from "../../protocol/accounts.ts";
import { useBrand } from "../brand.ts";
import { pageWords } from "../catalogue/pages.ts";
import { API_DOCS_ID } from "./api_docs.ts";

export function ApiDocsPage({ language }: { language: Language }) {
  const words = pageWords(language);
  return (
    <>
      <header class="api-docs-note">
        <a href="/">{useBrand().name}</a> ·{" "}
        <a href="/api/openapi.json">{words.apiDocs.forPrograms}</a>
      </header>
      <noscript>
        <p class="api-docs-note">{words.apiDocs.noScript}</p>
      </noscript>
      {/* The library writes in English whatever the page's language is, and brings its own main. */}
      <div id={API_DOCS_ID} lang="en" dir="ltr"></div>
    </>
  );
}
