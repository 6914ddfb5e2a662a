/** Messages, and the box to write them in, in English. */
import { counted, plural } from "../numbers.ts";

export const message = {
  list: (room: string) => `Messages in ${room}`,
  edited: "edited",
  editedAt: (when: string) => `Edited ${when}`,
  deleted: "This message was deleted.",
  newMessages: "New messages",
  toNewest: "Jump to the newest messages",
  newCount: (count: string, n: number) =>
    `${count} ${plural("en", n, { one: "new message", other: "new messages" })}`,
  newAbove: (count: string, n: number) =>
    `${count} ${plural("en", n, { one: "new message above", other: "new messages above" })}`,
  markAllRead: "Mark all as read",
  backToPlace: "Back to where I was",
  missing: "The message that this link leads to is not here.",
  loadBefore: "Loading earlier messages…",
  loadAfter: "Loading newer messages…",
  react: "Add a reaction",
  edit: "Edit",
  copyText: "Copy text",
  textCopied: "Text copied",
  showAll: "Show all",
  showLess: "Show less",
  sending: "Sending…",
  notSent: "Not sent.",
  sendAgain: "Send again",
  discard: "Discard",
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
  replying: (name: string) => `Replying to ${name}`,
  editOpen: "You are still editing another message. Save or cancel that first.",
  editDeleted: "This message was deleted meanwhile. Your text is kept here.",
  editChanged: "You changed this message elsewhere meanwhile. It now reads:",
  keepMine: "Keep my text",
  takeTheirs: "Take that text",
  sendAsNew: "Send as a new message",
  replyDeleted: "The message that you are answering was deleted.",
  kept: "What you had written was not sent:",
  throwAway: "Discard",
  cancelEdit: "Cancel editing",
  cancelReply: "Cancel reply",
  left: (count: number) =>
    count >= 0
      ? counted("en", count, { one: "character left", other: "characters left" })
      : counted("en", -count, { one: "character too many", other: "characters too many" }),
  emoji: "Emoji",
  mentionList: "People to mention",
  typing: (names: string[]) =>
    names.length === 1
      ? `${names[0]} is typing…`
      : names.length === 2
      ? `${names[0]} and ${names[1]} are typing…`
      : "Several people are typing…",
};
