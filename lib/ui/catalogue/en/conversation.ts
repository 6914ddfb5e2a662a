/** Messages, and the box to write them in, in English. */
import { counted } from "../numbers.ts";

export const message = {
  list: (room: string) => `Messages in ${room}`,
  edited: "edited",
  editedAt: (when: string) => `Edited ${when}`,
  deleted: "This message was deleted.",
  newMessages: "New messages",
  missing: "The message that this link leads to is not here.",
  loadBefore: "Loading earlier messages…",
  loadAfter: "Newer messages are not loaded yet…",
  react: "Add a reaction",
  edit: "Edit",
  showAll: "Show all",
  showLess: "Show less",
  sending: "Sending…",
  replyTo: "Reply to",
  replyEarlier: "Reply to an earlier message",
  replyDeleted: "a deleted message",
  reactedBy: (names: string) => `by ${names}`,
  announce: (name: string, text: string) => `${name}: ${text}`,
  andMore: (count: number) => counted("en", count, { one: "other", other: "others" }),
};

export const composer = {
  label: (room: string) => `Message ${room}`,
  inThread: "Reply in thread",
  format: "Formatting",
  send: "Send",
  sendLater: "Send later",
  save: "Save changes",
  editing: "Editing message",
  editOpen: "You are still editing another message. Save or cancel that first.",
  sendAsNew: "Send as a new message",
  emoji: "Emoji",
  attach: "Attach files",
  record: "Record a voice message",
  typing: (names: string[]) =>
    names.length === 1
      ? `${names[0]} is typing…`
      : names.length === 2
      ? `${names[0]} and ${names[1]} are typing…`
      : "Several people are typing…",
};
