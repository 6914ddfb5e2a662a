/** The schemas of threads: see `objects.ts`. */
import * as z from "zod";
import { LIMITS, NEW_REPLIES } from "../../../protocol/limits.ts";
import type { ThreadItem, ThreadPage, ThreadsPage, TopicsPage } from "../../../protocol/threads.ts";
import { of, seq } from "./base.ts";
import { message } from "./messages.ts";

const state = {
  following: z.boolean(),
  readSeq: seq.meta({
    description:
      "Read up to this `seq`. Who does not follow has read here what they have read in the room.",
  }),
};

export const threadPage = of<ThreadPage>()(z.object({
  root: message,
  messages: z.array(message).max(LIMITS.pageMax).meta({ description: "Ascending by `seq`." }),
  head: seq.meta({ description: "The room's." }),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  ...state,
}));

const threadItem = of<ThreadItem>()(z.object({
  root: message,
  ...state,
  unread: z.int().min(0).max(NEW_REPLIES).meta({
    description: `Replies by others after \`readSeq\`, counted up to ${NEW_REPLIES}.`,
  }),
  last: message.nullable().meta({ description: "The last reply that stands." }),
}));

export const topicsPage = of<TopicsPage>()(z.object({
  topics: z.array(threadItem).max(LIMITS.pageMax),
  next: seq.nullable().meta({ description: "The next page's `before`; `null` after the last." }),
}));

export const threadsPage = of<ThreadsPage>()(z.object({
  threads: z.array(threadItem).max(LIMITS.pageMax),
  next: z.string().nullable().meta({
    description: "The next page's `before`; `null` after the last.",
  }),
}));

export const THREAD_NAMED = {
  ThreadPage: threadPage,
  ThreadItem: threadItem,
  TopicsPage: topicsPage,
  ThreadsPage: threadsPage,
};
