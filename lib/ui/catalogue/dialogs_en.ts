/** The words that come with the dialogs and the list of members, once the page is at rest, in English: an area a file. */
export * from "./en/card.ts";
export * from "./en/emoji.ts";
export * from "./en/fields.ts";
export * from "./en/later.ts";
export * from "./en/group_mentions.ts";
export * from "./en/members.ts";
export * from "./en/people_dialogs.ts";
export * from "./en/preview.ts";
export * from "./en/room_dialogs.ts";
export * from "./en/seen.ts";
export * from "./en/sign_ins.ts";
export * from "./en/text.ts";
export * from "./en/status.ts";
export * from "./en/tools.ts";
export * from "./en/versions.ts";
export * from "./en/thread_pane.ts";
