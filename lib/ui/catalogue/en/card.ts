/** The card of a person, in English. */
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
  manage: "Manage account",
};
