/** What comes beside the messages and the box to write them in, once the page is at rest, in English. */
import { counted, plural } from "../numbers.ts";

export const catchUp = {
  toNewest: "Jump to the newest messages",
  newCount: (count: string, n: number) =>
    `${count} ${plural("en", n, { one: "new message", other: "new messages" })}`,
  newAbove: (count: string, n: number) =>
    `${count} ${plural("en", n, { one: "new message above", other: "new messages above" })}`,
  markAllRead: "Mark all as read",
  backToPlace: "Back to where I was",
};

export const aim = {
  replying: (name: string) => `Replying to ${name}`,
  editDeleted: "This message was deleted meanwhile. Your text is kept here.",
  editChanged: "You changed this message elsewhere meanwhile. It now reads:",
  keepMine: "Keep my text",
  takeTheirs: "Take that text",
  replyDeleted: "The message that you are answering was deleted.",
  cancelEdit: "Cancel editing",
  cancelReply: "Cancel reply",
  left: (count: number) =>
    count >= 0
      ? counted("en", count, { one: "character left", other: "characters left" })
      : counted("en", -count, { one: "character too many", other: "characters too many" }),
  mentionList: "People to mention",
};

/** What was written and not sent. */
export const unsent = {
  copyText: "Copy text",
  textCopied: "Text copied",
  notSent: "Not sent.",
  sendAgain: "Send again",
  discard: "Discard",
  kept: "What you had written was not sent:",
  throwAway: "Discard",
};
