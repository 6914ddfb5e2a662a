/** The sections of the settings, their addresses, and the props that every page gets. Pure. */
import type { FormPageProps } from "../form_page.ts";

/** In the order of the navigation. */
export const SECTIONS = [
  "profile",
  "email",
  "security",
  "second-factor",
  "connections",
  "passkeys",
  "appearance",
  "notifications",
] as const;

/** Pages that a section leads to, and which one it is. */
export const BELOW = { phone: "security" } as const satisfies Record<
  string,
  typeof SECTIONS[number]
>;

export type Section = typeof SECTIONS[number] | keyof typeof BELOW;

/** The section of the navigation that a page belongs to. */
export function sectionOf(page: Section): Section {
  return page === "phone" ? BELOW[page] : page;
}

/** What was done: shown above the form after the redirect. */
export const CONFIRMATIONS = [
  "saved",
  "pictureRefused",
  "pictureLater",
  "password",
  "device",
  "devices",
  "secondOn",
  "secondOff",
  "passkeyAdded",
  "passkeyRemoved",
  "emailSent",
  "emailRemoved",
  "linked",
  "unlinked",
  "otherSession",
] as const;
export type Confirmation = typeof CONFIRMATIONS[number];

export type SettingsProps = FormPageProps<Confirmation>;

/** @param room the room that the reader came from: the way back leads there */
export function settingsPath(
  section: Section,
  room: number | null,
  notice: Confirmation | null = null,
): string {
  const query = new URLSearchParams();
  if (room !== null) query.set("room", String(room));
  if (notice !== null) query.set("notice", notice);
  return `/settings/${section}${query.size === 0 ? "" : `?${query}`}`;
}
