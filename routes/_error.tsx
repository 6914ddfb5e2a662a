/** The page for errors and missing pages. Programs get a problem instead, from `lib/http/errors.ts`. */
import { toConfabError } from "../lib/errors.ts";
import { define } from "../lib/http/state.ts";
import { HttpError } from "fresh";
import { ErrorPage, errorTitle } from "../lib/ui/pages/ErrorPage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

export default define.page(({ error, state }) => {
  const code = error instanceof HttpError ? "not_found" : toConfabError(error).code;
  return (
    <PlainDocument state={state} title={errorTitle(state.language, code)}>
      <ErrorPage language={state.language} code={code} />
    </PlainDocument>
  );
});
