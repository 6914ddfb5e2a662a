/** The words of the first view of the chat, in Russian: an area a file. */
export * from "./ru/common.ts";
export * from "./ru/connection.ts";
export * from "./ru/conversation.ts";
export * from "./ru/dates.ts";
export * from "./ru/file_line.ts";
export * from "./ru/people.ts";
export * from "./ru/rooms.ts";
export * from "./ru/saved.ts";
export * from "./ru/sidebar.ts";
export * from "./ru/threads.ts";
