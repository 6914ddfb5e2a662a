/** The colours that staff have chosen, as a style sheet whose address names them. */
import { HttpError } from "../fresh/mod.ts";
import { coloursCss } from "../workspace/colours.ts";
import { KEPT_FOR_EVER } from "./answer.ts";
import type { Ctx } from "./state.ts";

/** 404 for colours that are not in use: nobody is to have any style sheet made. */
export function answerColours({ url, state }: Pick<Ctx, "url" | "state">): Response {
  const asked = `#${url.searchParams.get("v") ?? ""}`;
  if (asked !== state.services.workspace.get("colour")) {
    throw new HttpError(404, "These colours are not in use.");
  }
  return new Response(coloursCss(asked), {
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": KEPT_FOR_EVER },
  });
}
