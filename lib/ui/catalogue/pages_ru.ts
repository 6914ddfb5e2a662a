/** The words of the pages around the chat, which only the server writes, in Russian: an area a file. */
export * from "./ru/accounts.ts";
export * from "./ru/confirm.ts";
export * from "./ru/invites.ts";
export * from "./ru/admin.ts";
export * from "./ru/audit.ts";
export * from "./ru/devices.ts";
export * from "./ru/pages.ts";
export * from "./ru/passkeys.ts";
export * from "./ru/emails.ts";
export * from "./ru/recovery.ts";
export * from "./ru/saved_page.ts";
export * from "./ru/second_factor.ts";
export * from "./ru/settings.ts";
export * from "./ru/workspace.ts";
export * from "./ru/sign_on.ts";
export * from "./ru/health.ts";
export * from "./ru/staff.ts";
