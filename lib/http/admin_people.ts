/** What the pages of people show and do: the same commands as the API's. */
import { ConfabError } from "../errors.ts";
import type { StaffAccount, TextsFate, UsernameFate } from "../protocol/staff.ts";
import type { Timestamp } from "../protocol/time.ts";
import { type PeopleSearch, ROLES, STATES } from "../ui/admin/people.ts";
import { type AdminNotice, personPath } from "../ui/admin/sections.ts";
import { pageWords } from "../ui/catalogue/pages.ts";
import { noSuchForm, Once } from "./form_page.ts";
import { resetLink } from "./recovery.ts";
import { callerOf, type Ctx, idInQuery, idOf, run } from "./state.ts";

/** People on one page. */
const PAGE = 50;

export async function readPeople(ctx: Ctx) {
  const query = ctx.url.searchParams;
  const text = (name: string) => (query.get(name) ?? "").slice(0, 256).trim();
  const search: PeopleSearch = {
    q: [...text("q")].slice(0, 64).join(""),
    role: ROLES.find((role) => role === text("role")) ?? null,
    state: STATES.find((state) => state === text("state")) ?? null,
  };
  const { q, role, state } = search;
  const after = text("after") || undefined;
  const page = await run(ctx, "listAccounts", {
    ...{ q, after, limit: PAGE },
    ...{ role: role ?? undefined, state: state ?? undefined },
  });
  return { search, ...page, later: after !== undefined, now: ctx.state.services.now() };
}

export interface PersonShown {
  account: StaffAccount;
  now: Timestamp;
  /** Of a link that was made just now. */
  resetUrl?: string | undefined;
}

export async function readPerson(ctx: Ctx): Promise<PersonShown> {
  const account = await run(ctx, "getAccount", { id: idOf(ctx, "id") });
  return { account, now: ctx.state.services.now() };
}

type Done = AdminNotice | Once<PersonShown>;

/** What each form of the page does, by its name. */
const ACTS: Record<string, (ctx: Ctx, userId: number, form: URLSearchParams) => Promise<Done>> = {
  async newRole(ctx, userId, form) {
    await run(ctx, "updateUser", { userId, role: form.get("role") });
    return "saved";
  },
  async reset(ctx, userId) {
    const { token } = await run(ctx, "resetUser", { userId });
    return new Once({ resetUrl: resetLink(ctx, token) });
  },
  async factors(ctx, userId) {
    await run(ctx, "removeFactors", { userId });
    return "factorsOff";
  },
  async picture(ctx, userId) {
    await run(ctx, "removeUserAvatar", { userId });
    return "pictureGone";
  },
  async sessions(ctx, userId) {
    await run(ctx, "signOutUser", { userId });
    return "signedOut";
  },
  async disable(ctx, userId) {
    await run(ctx, "updateUser", { userId, disabled: true });
    return "disabled";
  },
  async enable(ctx, userId) {
    await run(ctx, "updateUser", { userId, disabled: false });
    return "enabled";
  },
  async owner(ctx, userId, form) {
    if (form.get("sure") !== "yes") throw refused("sure", "must be ticked");
    await run(ctx, "handOver", { userId });
    return "handedOver";
  },
  async texts(ctx, userId) {
    await run(ctx, "eraseUser", { userId, texts: "take" });
    return "erased";
  },
};

export function changePerson(ctx: Ctx, form: URLSearchParams): Promise<Done> {
  const name = form.get("form") ?? "";
  if (!Object.hasOwn(ACTS, name)) throw noSuchForm();
  return ACTS[name]!(ctx, idOf(ctx, "id"), form);
}

/** Back to the person. */
export function toPerson(ctx: Ctx, notice: AdminNotice): string {
  return personPath(idOf(ctx, "id"), idInQuery(ctx, "room"), { notice });
}

export async function readErasing(ctx: Ctx, form: URLSearchParams | null) {
  const account = await run(ctx, "getAccount", { id: idOf(ctx, "id") });
  return { account, ...fatesIn(form) };
}

function fatesIn(form: URLSearchParams | null): { texts: TextsFate; username: UsernameFate } {
  return {
    texts: form?.get("texts") === "take" ? "take" : "keep",
    username: form?.get("username") === "keep" ? "keep" : "free",
  };
}

export async function submitErasing(ctx: Ctx, form: URLSearchParams): Promise<AdminNotice> {
  const userId = idOf(ctx, "id");
  const { username } = await run(ctx, "getAccount", { id: userId });
  const typed = (form.get("typed") ?? "").trim().replace(/^@/, "");
  if (typed !== username) throw refused("typed", "must be the username");
  const { user: me } = callerOf(ctx);
  const displayName = pageWords(me.language ?? ctx.state.language).staff.former;
  await run(ctx, "eraseUser", { userId, ...fatesIn(form), displayName });
  return "erased";
}

function refused(path: string, message: string): ConfabError {
  return new ConfabError("invalid", "The form is not complete.", {
    errors: [{ path, message, reason: "invalid" }],
  });
}
