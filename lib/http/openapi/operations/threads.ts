/** The requests about threads: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import type { ThreadItem, ThreadPage } from "../../../protocol/threads.ts";
import { threadQuery, threadsQuery, topicsQuery } from "../../../protocol/threads.ts";
import * as example from "../examples.ts";
import { threadPage, threadsPage, topicsPage } from "../objects/threads.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const ITEM: ThreadItem = {
  root: example.titled,
  following: true,
  readSeq: 1,
  unread: 1,
  last: example.reply,
};

const PAGE: ThreadPage = {
  root: example.titled,
  messages: [example.reply],
  head: 4,
  hasBefore: false,
  hasAfter: false,
  following: true,
  readSeq: 1,
};

const THREAD = "Any message of it may be named: its root, or a reply.";

const FOLLOW = {
  command: "followThread",
  tag: "threads",
  path: "/api/messages/:id/follow",
  from: "caller",
  parameters: { id: MESSAGE },
  refusals: { not_found: NO_MESSAGE },
} satisfies Partial<ApiOperation>;

/** Long because it is a table. */
export const THREADS: ApiOperation[] = [
  {
    id: "thread",
    command: "thread",
    tag: "threads",
    method: "GET",
    path: "/api/messages/:id/thread",
    from: "caller",
    summary: "Read a thread",
    description: `From the first reply on, or the page that is asked for. ${THREAD}`,
    parameters: { id: MESSAGE },
    query: {
      schema: threadQuery,
      notes: {
        before: "Replies with a smaller `seq`, the nearest.",
        after: "Replies with a greater `seq`.",
        around: "A `seq` in the middle of the page; `unread`: the first that you have not read.",
        last: "`1`: the newest page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "after=1&limit=20", "around=unread", "last=1"],
    },
    answers: {
      200: {
        description: "Its root, and a page of the replies.",
        schema: threadPage,
        examples: { one: { summary: "One reply", value: PAGE } },
      },
    },
    refusals: { not_found: NO_MESSAGE },
  },
  {
    id: "titleThread",
    command: "titleThread",
    tag: "threads",
    method: "PATCH",
    path: "/api/messages/:id/thread",
    from: "caller",
    summary: "Give a thread a title",
    description: `For who writes in it, the room's owner, and the server's owner and admins. The ` +
      `root carries it. ${THREAD}`,
    parameters: { id: MESSAGE },
    body: {
      examples: {
        title: { summary: "A title", value: { title: "Friday or Saturday" } },
        none: { summary: "None", value: { title: null } },
      },
    },
    answers: { 204: { description: "It has this title." } },
    refusals: {
      forbidden: "You have not written in it, or may no longer write in the room.",
      not_found: NO_MESSAGE,
    },
  },
  {
    id: "markThreadRead",
    command: "markThreadRead",
    tag: "threads",
    method: "PUT",
    path: "/api/messages/:id/thread/read",
    from: "caller",
    summary: "Move your mark in a thread",
    description: `It never moves back. ${THREAD}`,
    parameters: { id: MESSAGE },
    body: { examples: { first: { summary: "The first message", value: { seq: 1 } } } },
    answers: { 204: { description: "The mark is there, or further on." } },
    refusals: { not_found: NO_MESSAGE },
  },
  {
    ...FOLLOW,
    id: "followThread",
    method: "PUT",
    summary: "Follow a thread",
    description: `What is there counts as read. ${THREAD}`,
    answers: { 204: { description: "You follow it." } },
  },
  {
    ...FOLLOW,
    id: "unfollowThread",
    method: "DELETE",
    summary: "Follow a thread no longer",
    description: `Nobody's mention makes you follow it again. ${THREAD}`,
    answers: { 204: { description: "You do not follow it." } },
  },
  {
    id: "listTopics",
    command: "listTopics",
    tag: "threads",
    method: "GET",
    path: "/api/rooms/:id/topics",
    from: "caller",
    summary: "List a room's threads with a title",
    description: "By their last replies, the newest first.",
    parameters: { id: ROOM },
    query: {
      schema: topicsQuery,
      notes: {
        before: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "before=1000&limit=20"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: topicsPage,
        examples: { one: { summary: "One", value: { topics: [ITEM], next: null } } },
      },
    },
    refusals: { forbidden: "You have not joined this public room.", not_found: NO_ROOM },
  },
  {
    id: "listThreads",
    command: "listThreads",
    tag: "threads",
    method: "GET",
    path: "/api/me/threads",
    from: "caller",
    summary: "List the threads that you follow",
    description: "By their last replies, the newest first; only of rooms that you are in.",
    query: {
      schema: threadsQuery,
      notes: {
        unread: "`1`: only those with something new.",
        before: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "unread=1&limit=20"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: threadsPage,
        examples: { one: { summary: "One", value: { threads: [ITEM], next: null } } },
      },
    },
  },
];
