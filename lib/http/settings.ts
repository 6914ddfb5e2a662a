/**
 * How a settings page works: it is shown to a signed-in user; its form runs the same commands as
 * the API, and the browser is redirected back to the page (303), which says what was done. A
 * refused form is shown again, with the reasons at its fields. It knows no setting.
 */
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import {
  type Confirmation,
  CONFIRMATIONS,
  type Section,
  settingsPath,
} from "../ui/settings/sections.ts";
import type { SettingsProps } from "../ui/settings/sections.ts";
import { retryAfter } from "./answer.ts";
import { readForm } from "./body.ts";
import { toLogin } from "./pages.ts";
import { speaksForOther } from "./session.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** The script and the styles of these pages, in the browser build. */
export const SETTINGS_ENTRY = "settings.ts";
export const SETTINGS_STYLES = "lib/ui/styles/settings.css";

/** What a section has besides `SettingsProps`. */
export interface SettingsSection<Own> {
  section: Section;
  /** What the page shows; after a refusal, with what was typed, except passwords. */
  read(ctx: Ctx, refused: URLSearchParams | null): Own | Promise<Own>;
  /** Does what the form asks, and says what was done. Throws the reason for a refusal. */
  submit(ctx: Ctx, form: URLSearchParams): Promise<Confirmation>;
}

type Shown<Own> = Promise<Response | PageResponse<SettingsProps & Own>>;

/** The handlers of a section's route. */
export function settingsHandlers<Own>(of: SettingsSection<Own>): {
  GET(ctx: Ctx): Shown<Own>;
  POST(ctx: Ctx): Shown<Own>;
} {
  return {
    async GET(ctx) {
      if (ctx.state.caller === null) return toLogin(ctx);
      return page({ ...shared(ctx, noticeOf(ctx)), ...await of.read(ctx, null) });
    },

    async POST(ctx) {
      const { caller } = ctx.state;
      if (caller === null) return toLogin(ctx);
      const form = await readForm(ctx);
      const done = (notice: Confirmation) =>
        ctx.redirect(settingsPath(of.section, idInQuery(ctx, "room"), notice), 303);
      const claim = { session: form.get("session"), instance: form.get("instance") };
      // From before somebody else signed in: changes nothing of theirs, and shows them whose page
      // it is.
      if (speaksForOther(ctx, caller, claim)) return done("otherSession");
      try {
        return done(await of.submit(ctx, form));
      } catch (thrown) {
        return await refused(ctx, of, form, toConfabError(thrown));
      }
    },
  };
}

async function refused<Own>(
  ctx: Ctx,
  of: SettingsSection<Own>,
  form: URLSearchParams,
  error: ConfabError,
): Promise<PageResponse<SettingsProps & Own>> {
  const { code, errors, status } = error;
  if (code === "internal" || code === "confirm_first") throw error; // answered for all pages alike
  const own = await of.read(ctx, form);
  return page({ ...shared(ctx, null), ...own, error: code, errors }, {
    status,
    headers: retryAfter(error),
  });
}

function shared(ctx: Ctx, notice: Confirmation | null): SettingsProps {
  const { language, services: { instance } } = ctx.state;
  const { user: me, sessionId } = callerOf(ctx);
  return { language, me, sessionId, instance, room: idInQuery(ctx, "room"), notice };
}

/**
 * Shown only after this site's own redirects: a foreign link must not claim that something was
 * done.
 */
function noticeOf({ req, url }: Ctx): Confirmation | null {
  const from = req.headers.get("sec-fetch-site");
  if (from !== null && from !== "same-origin") return null;
  const named = url.searchParams.get("notice");
  return CONFIRMATIONS.find((notice) => notice === named) ?? null;
}
