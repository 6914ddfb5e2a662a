/**
 * The sections of the pages for staff, their addresses, and the props that every page gets. Pure.
 *
 * **How to add a section.** A name in `ADMIN_SECTIONS`, its title in
 * `lib/ui/catalogue/{en,ru}/admin.ts`, what it may say was done in `ADMIN_NOTICES` and there; a
 * page in this folder inside `AdminFrame`, and `routes/admin/NAME.tsx` with `adminHandlers`.
 */
import type { FormPageProps } from "../form_page.ts";

/** In the order of the navigation. */
export const ADMIN_SECTIONS = [
  "people",
  "invitations",
  "requests",
  "settings",
  "health",
  "audit",
] as const;
export type AdminSection = typeof ADMIN_SECTIONS[number];

/** What was done: shown above the page after the redirect. */
export const ADMIN_NOTICES = [
  "disabled",
  "enabled",
  "signedOut",
  "pictureGone",
  "factorsOff",
  "handedOver",
  "erased",
  "logoRefused",
  "saved",
  "invited",
  "revoked",
  "letIn",
  "refused",
  "otherSession",
] as const;
export type AdminNotice = typeof ADMIN_NOTICES[number];

export type AdminProps = FormPageProps<AdminNotice>;

/** What stands in a page's query beside the room; empty values are left out. */
export type PageQuery = Readonly<Record<string, string | number | null | undefined>>;

/**
 * @param room the room that the reader came from: the way back leads there
 * @param within what of the section: "12" for the page of one thing
 */
export function adminPath(
  section: AdminSection,
  room: number | null,
  query: PageQuery = {},
  within?: string | number,
): string {
  const parameters = new URLSearchParams();
  const all: PageQuery = { room, ...query };
  for (const [name, value] of Object.entries(all)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const path = within === undefined ? `/admin/${section}` : `/admin/${section}/${within}`;
  return `${path}${parameters.size === 0 ? "" : `?${parameters}`}`;
}

/** The page of one person; `act` is a page below it. */
export function personPath(
  id: number,
  room: number | null,
  query: PageQuery = {},
  act?: "erase",
): string {
  return adminPath("people", room, query, act === undefined ? id : `${id}/${act}`);
}
