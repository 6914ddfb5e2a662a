/** The words that come with the dialogs and the list of members, once the page is at rest, in Russian: an area a file. */
export * from "./ru/card.ts";
export * from "./ru/emoji.ts";
export * from "./ru/fields.ts";
export * from "./ru/later.ts";
export * from "./ru/group_mentions.ts";
export * from "./ru/members.ts";
export * from "./ru/people_dialogs.ts";
export * from "./ru/preview.ts";
export * from "./ru/room_dialogs.ts";
export * from "./ru/seen.ts";
export * from "./ru/sign_ins.ts";
export * from "./ru/text.ts";
export * from "./ru/status.ts";
export * from "./ru/tools.ts";
export * from "./ru/versions.ts";
export * from "./ru/thread_pane.ts";
