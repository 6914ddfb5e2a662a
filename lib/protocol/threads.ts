/**
 * Threads: replies below a message, who follows them and how far they have read, their titles.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./messages.ts";

/** A thread's state for one person. */
export interface ThreadState {
  following: boolean;
  /** Read up to this `seq`; who does not follow has read there what they have read in the room. */
  readSeq: number;
}

export interface ThreadPage extends ThreadState {
  root: Message;
  /** The replies, ascending by `seq`. */
  messages: Message[];
  /** The room's. */
  head: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

/** A thread in a list. */
export interface ThreadItem extends ThreadState {
  root: Message;
  /** Replies by others after `readSeq`, counted up to `NEW_REPLIES`. */
  unread: number;
  /** The last reply that stands. */
  last: Message | null;
}

/** A followed thread in which there is something new. */
export interface FreshThread {
  room: number;
  /** The id of its root. */
  root: number;
  readSeq: number;
}

/** `next`: the next page's `before`; null after the last. */
export interface TopicsPage {
  topics: ThreadItem[];
  next: number | null;
}

/** `next`: the next page's `before`; null after the last. */
export interface ThreadsPage {
  threads: ThreadItem[];
  next: string | null;
}

const place = (written: field.NumberForm) => ({
  before: written(field.seq).optional(),
  after: written(field.seq).optional(),
  around: z.union([z.literal("unread"), written(field.seq)]).optional(),
  last: written(z.literal(1)).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

interface Places {
  before?: unknown;
  after?: unknown;
  around?: unknown;
  last?: unknown;
}

function isOnePlace({ before, after, around, last }: Places): boolean {
  return [before, after, around, last].filter((value) => value !== undefined).length <= 1;
}

const SEVERAL_PLACES = "before, after, around and last exclude each other";

/** `message`: the root or any reply, here and below. */
export const thread = z.lazy(() =>
  z.strictObject({ message: field.id, ...place(field.asNumber) }).refine(
    isOnePlace,
    SEVERAL_PLACES,
  )
);

/** Of `GET /api/messages/:id/thread`. */
export const threadQuery = z.lazy(() =>
  z.strictObject(place(field.asDigits)).refine(
    isOnePlace,
    SEVERAL_PLACES,
  )
);

export const followThread = field.object(() => ({ message: field.id, on: z.boolean() }));

export const markThreadRead = field.object(() => ({ message: field.id, seq: field.seq }));

export const titleThread = field.object(() => ({
  message: field.id,
  title: field.threadTitle.nullable(),
}));

const page = (written: field.NumberForm) => ({
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

const topicsPage = (written: field.NumberForm) => ({
  before: written(field.seq).optional(),
  ...page(written),
});

export const listTopics = field.object(() => ({ room: field.id, ...topicsPage(field.asNumber) }));

/** Of `GET /api/rooms/:id/topics`. */
export const topicsQuery = field.object(() => topicsPage(field.asDigits));

/** The time of a thread's last reply, and its root. */
const cursor = z.lazy(() => z.string().regex(/^\d{1,15}-\d{1,15}$/, "must be a page's `next`"));

const threadsPage = (written: field.NumberForm) => ({
  before: cursor.optional(),
  unread: written(z.literal(1)).optional(),
  ...page(written),
});

export const listThreads = field.object(() => threadsPage(field.asNumber));

/** Of `GET /api/me/threads`. */
export const threadsQuery = field.object(() => threadsPage(field.asDigits));
