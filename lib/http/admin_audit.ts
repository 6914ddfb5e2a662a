/** What the page of the audit log shows: which entries its address asks for. */
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from "../protocol/audit.ts";
import { nameKey } from "../protocol/names.ts";
import { type AuditSearch, intervalOf } from "../ui/admin/audit.ts";
import { type Ctx, idInQuery, run } from "./state.ts";

/** Entries on one page. */
const PAGE = 50;

export async function readAudit(ctx: Ctx) {
  const search = searchOf(ctx.url.searchParams);
  const before = idInQuery(ctx, "before");
  const [who, whom] = await Promise.all([personOf(ctx, search.who), personOf(ctx, search.whom)]);
  const unknown = [
    ...who === null ? ["who" as const] : [],
    ...whom === null ? ["whom" as const] : [],
  ];
  const ids = { actor: who ?? undefined, target: whom ?? undefined };
  const { entries, next } = unknown.length > 0
    ? { entries: [] as AuditEntry[], next: null }
    : await run(
      ctx,
      "listAudit",
      {
        ...ids,
        ...intervalOf(search),
        action: search.action ?? undefined,
        before: before ?? undefined,
        limit: PAGE,
      },
    );
  return { search, unknown, ids, actions: AUDIT_ACTIONS, entries, before, next };
}

function searchOf(query: URLSearchParams): AuditSearch {
  const text = (name: string) => (query.get(name) ?? "").slice(0, 64).trim();
  const action = text("action");
  return {
    who: text("who"),
    whom: text("whom"),
    action: Object.hasOwn(AUDIT_ACTIONS, action) ? action as AuditAction : null,
    since: text("since"),
    until: text("until"),
  };
}

/** The id behind a username; undefined where nobody was named, null where nobody is called so. */
async function personOf(ctx: Ctx, typed: string): Promise<number | null | undefined> {
  const name = typed.replace(/^@/, "");
  if (name === "") return undefined;
  const found = await run(ctx, "searchUsers", { q: name });
  return found.find(({ username }) => nameKey(username) === nameKey(name))?.id ?? null;
}
