/**
 * How a page for staff works: as a page with forms (`form_page.ts`), for the owner and admins alone.
 * It knows no section.
 */
import { ConfabError } from "../errors.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import {
  ADMIN_NOTICES,
  type AdminNotice,
  adminPath,
  type AdminSection,
} from "../ui/admin/sections.ts";
import { formHandlers, type FormPage } from "./form_page.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** The styles of these pages, in the browser build; their script is the settings'. */
export const ADMIN_STYLES = "lib/ui/styles/admin.css";

/** What a section's page has besides `AdminProps`. */
export interface AdminPage<Own> extends Pick<FormPage<Own, AdminNotice>, "read"> {
  section: AdminSection;
  /** Pages that only show have none. */
  submit?: FormPage<Own, AdminNotice>["submit"];
  /** Where a form leads that is done; the section's first page by default. */
  path?: FormPage<Own, AdminNotice>["path"];
}

/** The handlers of a page's route. */
export function adminHandlers<Own>({ section, read, submit = refuseForm, path }: AdminPage<Own>) {
  return formHandlers<Own, AdminNotice>({
    read,
    submit,
    notices: ADMIN_NOTICES,
    admit: admitStaff,
    path: path ??
      ((ctx, notice) => adminPath(section, idInQuery(ctx, "room"), { notice })),
  });
}

/** Throws `forbidden` for everybody but the owner and admins. */
export function admitStaff(ctx: Pick<Ctx, "state">): void {
  if (mayAdminister(callerOf(ctx).user) === "allowed") return;
  throw new ConfabError("forbidden", "These pages are for staff.");
}

function refuseForm(): never {
  throw new ConfabError("bad_request", "This page has no form.");
}
