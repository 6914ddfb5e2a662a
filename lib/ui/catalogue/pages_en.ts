/** The words of the pages around the chat, which only the server writes, in English: an area a file. */
export * from "./en/accounts.ts";
export * from "./en/confirm.ts";
export * from "./en/invites.ts";
export * from "./en/admin.ts";
export * from "./en/audit.ts";
export * from "./en/devices.ts";
export * from "./en/pages.ts";
export * from "./en/passkeys.ts";
export * from "./en/emails.ts";
export * from "./en/recovery.ts";
export * from "./en/saved_page.ts";
export * from "./en/second_factor.ts";
export * from "./en/settings.ts";
export * from "./en/workspace.ts";
export * from "./en/sign_on.ts";
export * from "./en/health.ts";
export * from "./en/staff.ts";
