/** Where in the page api_docs.ts shows the HTTP interface. By itself: the chat needs none of it. */
export const API_DOCS_ID = "api-docs";
