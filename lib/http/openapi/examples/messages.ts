/** Messages, as the description shows them: see `examples.ts`. */
import type { Message } from "../../../protocol/messages.ts";
import { MORNING } from "./base.ts";

export const message: Message = {
  id: 1,
  room: 2,
  seq: 1,
  rev: 1,
  userId: 1,
  username: "ann",
  text: "Hello @bob, shall we begin on Friday?",
  ts: MORNING + 120_000,
  clientId: "hello-reading-group-1",
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  thread: null,
  replies: null,
  reactions: {},
  files: [],
  links: [],
  mentions: [2],
};

export const edited: Message = {
  ...message,
  rev: 2,
  text: "Hello @bob, shall we begin on Saturday?",
  editedAt: MORNING + 180_000,
  reactions: { "👍": [2] },
};

export const reply: Message = {
  ...message,
  id: 2,
  seq: 2,
  rev: 2,
  userId: 2,
  username: "bob",
  text: "Friday is fine.",
  ts: MORNING + 240_000,
  clientId: "bob-answers-ann-0001",
  replyTo: 1,
  thread: 1,
  mentions: [],
};

export const titled: Message = {
  ...message,
  rev: 4,
  replies: {
    count: 1,
    lastSeq: 2,
    lastTs: reply.ts,
    users: [2],
    title: "Friday or Saturday",
  },
};
