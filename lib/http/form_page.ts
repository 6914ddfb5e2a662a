/**
 * How a page with forms works, of the settings and for staff: it is shown to a signed-in user; its
 * form runs the same commands as the API, and the browser is redirected back to the page (303),
 * which says what was done. A refused form is shown again, with the reasons at its fields. What is
 * shown only once, such as a link that lets in, is the answer itself. It knows no page.
 */
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { FormPageProps } from "../ui/form_page.ts";
import { retryAfter } from "./answer.ts";
import { readForm } from "./body.ts";
import { toLogin } from "./pages.ts";
import { claimIn, speaksForOther } from "./session.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** What a page has besides `FormPageProps`. */
export interface FormPage<Own, Notice extends string> {
  /** What may be said after a redirect. */
  notices: readonly (Notice | "otherSession")[];
  /** Where a form leads that is done: this page, as a rule. */
  path(ctx: Ctx, notice: Notice | "otherSession"): string;
  /** Throws for whoever must not see the page. */
  admit?(ctx: Ctx): void;
  /** What the page shows; after a refusal, with what was typed, except passwords. */
  read(ctx: Ctx, refused: URLSearchParams | null): Own | Promise<Own>;
  /** Does what the form asks, and says what was done. Throws the reason for a refusal. */
  submit(ctx: Ctx, form: URLSearchParams): Promise<Notice | Once<Own> | Response>;
}

/** What the page shows this one time: nothing keeps it. */
export class Once<Own> {
  constructor(readonly shown: Partial<Own>) {}
}

/** Of a form that no page has: what it would do is not guessed. */
export function noSuchForm(): ConfabError {
  return new ConfabError("bad_request", "There is no such form.");
}

type Shown<Own, Notice extends string> = Promise<
  Response | PageResponse<FormPageProps<Notice | "otherSession"> & Own>
>;

/** The handlers of a page's route. */
export function formHandlers<Own, Notice extends string>(of: FormPage<Own, Notice>): {
  GET(ctx: Ctx): Shown<Own, Notice>;
  POST(ctx: Ctx): Shown<Own, Notice>;
} {
  return {
    async GET(ctx) {
      if (ctx.state.caller === null) return toLogin(ctx);
      of.admit?.(ctx);
      return page({
        ...shared<Notice>(ctx, noticeOf(ctx, of.notices)),
        ...await of.read(ctx, null),
      });
    },

    async POST(ctx) {
      const { caller } = ctx.state;
      if (caller === null) return toLogin(ctx);
      of.admit?.(ctx);
      const form = await readForm(ctx);
      // From before somebody else signed in: changes nothing of theirs, and shows them whose page
      // it is.
      if (speaksForOther(ctx, caller, claimIn(form))) {
        return ctx.redirect(of.path(ctx, "otherSession"), 303);
      }
      try {
        return await answer(ctx, of, await of.submit(ctx, form));
      } catch (thrown) {
        return await refused(ctx, of, form, toConfabError(thrown));
      }
    },
  };
}

async function answer<Own, Notice extends string>(
  ctx: Ctx,
  of: FormPage<Own, Notice>,
  done: Notice | Once<Own> | Response,
): Shown<Own, Notice> {
  if (typeof done === "string") return ctx.redirect(of.path(ctx, done), 303);
  if (done instanceof Response) return done;
  return page({ ...shared<Notice>(ctx, null), ...await of.read(ctx, null), ...done.shown }, {
    headers: { "cache-control": "no-store" },
  });
}

async function refused<Own, Notice extends string>(
  ctx: Ctx,
  of: FormPage<Own, Notice>,
  form: URLSearchParams,
  error: ConfabError,
): Shown<Own, Notice> {
  const { code, errors, status } = error;
  if (code === "internal" || code === "confirm_first") throw error; // answered for all pages alike
  const own = await of.read(ctx, form);
  return page({ ...shared<Notice>(ctx, null), ...own, error: code, errors }, {
    status,
    headers: retryAfter(error),
  });
}

function shared<Notice extends string>(
  ctx: Ctx,
  notice: Notice | "otherSession" | null,
): FormPageProps<Notice | "otherSession"> {
  const { language, services: { instance, signOn } } = ctx.state;
  const { user: me, sessionId } = callerOf(ctx);
  const page = { language, me, sessionId, instance, room: idInQuery(ctx, "room"), notice };
  return { ...page, signOn: signOn.providers.length > 0 };
}

/**
 * Shown only after this site's own redirects: a foreign link must not claim that something was
 * done.
 */
function noticeOf<Notice extends string>(
  { req, url }: Ctx,
  notices: readonly Notice[],
): Notice | null {
  const from = req.headers.get("sec-fetch-site");
  if (from !== null && from !== "same-origin") return null;
  const named = url.searchParams.get("notice");
  return notices.find((notice) => notice === named) ?? null;
}
