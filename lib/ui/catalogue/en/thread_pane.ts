/** Threads beside the room, one's threads, a room's topics, in English. */
import { counted } from "../numbers.ts";

export const threadPane = {
  title: "Thread",
  last: (ago: string) => `last ${ago}`,
  justNow: "just now",
  inRoom: (room: string) => `in ${room}`,
  toRoom: "Show it in the room",
  list: "The thread's messages",
  follow: "Follow this thread",
  unfollow: "Stop following",
  missing:
    "This thread is not here. Its message may be gone, or you cannot read the room any more.",
  again: "Try again",
  first: "Nobody has answered yet. What you write here stays together.",
  onlyHere: "Only in the thread, not in the room",
  readOnly: "You can read this thread, not write in it.",
  name: "Give it a title",
  rename: "Change the title",
  nameTitle: "A title for this thread",
  nameLabel: "Title",
  nameHint: "Threads with a title are the room's topics. Leave it empty to have none.",
  mineAll: "All",
  mineNew: "New",
  filter: "Which threads",
  none: "Threads that you write in, or are mentioned in, are here.",
  noneNew: "Nothing new in the threads that you follow.",
  noTopics: "No topics yet. Give a thread a title, and it is listed here.",
  newReplies: (count: string, n: number) => n === 1 ? "1 new reply" : `${count} new replies`,
  more: "Show more",
  deleted: "a deleted message",
  replies: (count: number) => counted("en", count, { one: "reply", other: "replies" }),
};
