/** The page of custom emoji: what it shows, and its forms. What became of one is said by the address. */
import { toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { CustomEmoji } from "../protocol/custom_emoji.ts";
import { mayAddEmoji } from "../protocol/emoji_permissions.ts";
import { EMOJI_NAME } from "../protocol/emoji_names.ts";
import { CUSTOM_EMOJI, PEOPLE_ASKED } from "../protocol/limits.ts";
import type { User } from "../protocol/people.ts";
import { pageWords } from "../ui/catalogue/pages.ts";
import {
  type EmojiNotice,
  emojiPagePath,
  type EmojiPageProps,
} from "../ui/custom_emoji/custom_emoji.ts";
import { isForm, readForm } from "./body.ts";
import { dropEmoji, keepEmoji, requireMaker } from "./custom_emoji.ts";
import { readFileForm, textIn } from "./file_form.ts";
import { toLogin } from "./pages.ts";
import { claimIn, speaksForOther } from "./session.ts";
import { callerOf, type Ctx, idInQuery, run } from "./state.ts";

export const EMOJI_STYLES = "lib/ui/styles/emoji_page.css";

export async function showEmojiPage(ctx: Ctx): Promise<Response | PageResponse<EmojiPageProps>> {
  if (ctx.state.caller === null) return toLogin(ctx);
  const { emoji } = await run(ctx, "listEmoji", {});
  const { language, services: { instance, workspace, fileLimits } } = ctx.state;
  const { user: me, sessionId } = callerOf(ctx);
  const isMaker = mayAddEmoji(me, workspace.get("emojiMakers")) === "allowed";
  const mayAdd = fileLimits.file === 0 ? "keepsNone" : isMaker ? true : "staffOnly";
  const place = { room: idInQuery(ctx, "room"), ...saidIn(ctx) };
  const users = await makersOf(ctx, emoji);
  return page<EmojiPageProps>({ language, me, sessionId, instance, place, emoji, mayAdd, users });
}

function saidIn({ url, state }: Ctx): { notice: EmojiNotice | null; name: string } {
  const notice = url.searchParams.get("notice") ?? "";
  const { notices } = pageWords(state.language).emojiPage;
  return {
    notice: Object.hasOwn(notices, notice) ? notice as EmojiNotice : null, // one of its keys
    name: (url.searchParams.get("name") ?? "").slice(0, 2 * EMOJI_NAME.max),
  };
}

/** Those whom the reader may know; of very many, some. */
async function makersOf(ctx: Ctx, emoji: readonly CustomEmoji[]): Promise<User[]> {
  const ids = [...new Set(emoji.map(({ userId }) => userId))].slice(0, PEOPLE_ASKED);
  return ids.length === 0 ? [] : await run(ctx, "listUsers", { ids });
}

/** A form with a picture adds one, any other removes one. */
export async function changeEmoji(ctx: Ctx): Promise<Response> {
  if (ctx.state.caller === null) return toLogin(ctx);
  const done = (notice: EmojiNotice, name = "") =>
    ctx.redirect(emojiPagePath({ room: idInQuery(ctx, "room"), notice, name }), 303);
  return isForm(ctx.req) ? done(await removed(ctx)) : done(...await added(ctx));
}

async function removed(ctx: Ctx): Promise<EmojiNotice> {
  try {
    const form = await readForm(ctx);
    if (speaksForOther(ctx, callerOf(ctx), claimIn(form))) return "otherSession";
    await dropEmoji(ctx, form.get("remove") ?? "");
    return "removed";
  } catch (thrown) {
    return noticeOf(thrown);
  }
}

async function added(ctx: Ctx): Promise<[notice: EmojiNotice, name?: string]> {
  let name = "";
  try {
    requireMaker(ctx);
    const form = await readFileForm(ctx, CUSTOM_EMOJI.taken);
    name = textIn(form, "name") ?? "";
    const claim = { session: textIn(form, "session"), instance: textIn(form, "instance") };
    if (speaksForOther(ctx, callerOf(ctx), claim)) return ["otherSession"];
    await keepEmoji(ctx, form);
    return ["added"];
  } catch (thrown) {
    return [noticeOf(thrown), name];
  }
}

function noticeOf(thrown: unknown): EmojiNotice {
  const { code, errors } = toConfabError(thrown);
  switch (code) {
    case "conflict":
      return "taken";
    case "too_large":
      return "large";
    case "forbidden":
      return "forbidden";
    case "not_found": // somebody was faster
      return "removed";
    case "invalid": {
      const [first] = errors ?? [];
      if (first?.path === "file") return "picture";
      return first?.reason === "too_long" ? "full" : "name";
    }
    case "internal":
      throw thrown;
    default:
      return "failed";
  }
}
