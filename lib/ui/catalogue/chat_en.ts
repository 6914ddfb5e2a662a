/** The words of the first view of the chat, in English: an area a file. */
export * from "./en/common.ts";
export * from "./en/connection.ts";
export * from "./en/conversation.ts";
export * from "./en/dates.ts";
export * from "./en/file_line.ts";
export * from "./en/people.ts";
export * from "./en/rooms.ts";
export * from "./en/saved.ts";
export * from "./en/sidebar.ts";
export * from "./en/threads.ts";
