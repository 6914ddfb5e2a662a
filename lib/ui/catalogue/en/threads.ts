/** What a message says of its thread, in English. */
import { counted } from "../numbers.ts";

export const thread = {
  replies: (count: number) => counted("en", count, { one: "reply", other: "replies" }),
  /** Behind the number of replies, as in "5 replies, last 3 minutes ago". */
  fresh: "new",
  open: "Open thread",
  only: "Only in the thread",
  mine: "Threads",
  /** In the list of rooms, and behind a room's name there. */
  waiting: (count: string, n: number) =>
    `${count} ${n === 1 ? "thread" : "threads"} with something new`,
  topics: "Topics",
};
