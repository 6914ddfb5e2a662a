/** How an error is answered: programs get a problem, people a page. It knows no route. */
import { ConfabError, toConfabError } from "../errors.ts";
import type { RenderError } from "../fresh/app.ts";
import { HttpError } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Logger } from "../program/log.ts";
import { problemAnswer } from "./answer.ts";
import { askToConfirm } from "./confirming.ts";
import type { Ctx } from "./state.ts";

/** What clients are told about an error that a route threw, in one word. */
export function codeOf(error: unknown): ErrorCode {
  return (error instanceof HttpError ? routingError(error) : toConfabError(error)).code;
}

/** Answers an error that a route threw; the log gets what neither programs nor people may see. */
export function answerError(
  error: unknown,
  ctx: Ctx,
  renderError: RenderError,
  log: Logger,
): Response | Promise<Response> {
  const shown = error instanceof HttpError ? error : toConfabError(error);
  // Clients that ask for too much at once would fill the log, and it is no fault of ours.
  const isFault = shown.status >= 500 && !(shown instanceof ConfabError && shown.busy);
  if (isFault) {
    // An outage is told once, by the store; a line for each request would hide that.
    const level = codeOf(error) === "unavailable" ? "debug" : "error";
    log[level]("a request failed", { method: ctx.req.method, route: ctx.route, error });
  }
  if (wantsPage(ctx) && codeOf(error) === "confirm_first") return askToConfirm(ctx);
  if (wantsPage(ctx)) return renderError(error, { status: shown.status });
  return problemAnswer(shown instanceof HttpError ? routingError(shown) : shown, shown.status);
}

function wantsPage({ req, url }: Ctx): boolean {
  return !url.pathname.startsWith("/api/") &&
    (req.headers.get("accept") ?? "").includes("text/html");
}

function routingError({ status, message }: HttpError): ConfabError {
  return new ConfabError(status === 404 ? "not_found" : "bad_request", message);
}
