/** The card of a person, in English. */
import { hours } from "../hours.ts";
import type { UserRole } from "../../../protocol/people.ts";

const roles: Record<UserRole, string> = {
  owner: "Owner",
  admin: "Admin",
  member: "Member",
  guest: "Guest",
  bot: "Bot",
};

export const card = {
  roles,
  disabled: "This account is disabled.",
  message: "Message",
  mention: "Mention",
  edit: "Edit profile",
  until: (when: string) => `until ${when}`,
  localTime: (time: string) => `${time} local time`,
  ahead: (minutes: number) => `${hours("en", minutes)} ${minutes > 0 ? "ahead of" : "behind"} you`,
  manage: "Manage account",
};
