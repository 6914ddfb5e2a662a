/** An engine that stands still, to render views from: signals that tests fill, actions that are recorded. */
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import { signal } from "@preact/signals";
import { createMemoryShelf, type Shelf } from "../../lib/client/shelf.ts";
import type { ChatActions, ChatState, Timeline } from "../../lib/client/model.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { message } from "../support/model_message.ts";

/** 14 March 2026, 09:00 UTC, a Saturday. */
export const MORNING = Date.UTC(2026, 2, 14, 9);

export function userOf(id: number, username: string, displayName = username): User {
  return { id, username, displayName, role: "member", avatar: null, disabled: false, status: null };
}

export const ANN = userOf(1, "ann", "Ann Lee");
export const BOB = userOf(2, "bob", "Bob Moss");

export function roomOf(over: Partial<MemberRoom> = {}): MemberRoom {
  return {
    id: 1,
    kind: "public",
    name: "general",
    topic: "",
    head: 10,
    createdBy: 1,
    createdAt: MORNING,
    archived: false,
    memberCount: 2,
    membership: {
      role: "member",
      readSeq: 0,
      unread: 0,
      mentions: 0,
      threads: 0,
      notify: "all",
      joinedAt: MORNING,
      favourite: false,
    },
    ...over,
  };
}

export function messageOf(seq: number, text: string, over: Partial<Message> = {}): Message {
  const { id: userId, username } = BOB;
  return message(seq, { id: 100 + seq, userId, username, text, ts: MORNING + seq * 1000, ...over });
}

export interface FakeClient {
  state: ChatState;
  actions: ChatActions;
  shelf: Shelf;
}

/** Ann sees one room with these messages; `over` replaces single signals. */
export function fakeClient(messages: Message[], over: Partial<ChatState> = {}): FakeClient {
  const timeline: Timeline = { messages, hasBefore: false, hasAfter: false, loading: "none" };
  const state: ChatState = {
    me: signal({ ...ANN, language: null, theme: "system", showLocalTime: true }),
    connection: signal({ state: "online" }),
    rooms: signal(new Map([[1, roomOf()]])),
    users: signal(new Map([[ANN.id, ANN], [BOB.id, BOB]])),
    presence: signal(new Map()),
    seen: signal(null),
    preview: signal(null),
    openRoom: signal<number | null>(1),
    timeline: signal(timeline),
    highlightSeq: signal(null),
    saved: signal(new Set<number>()),
    deleted: signal(new Set<number>()),
    heard: signal(new Map<number, boolean>()),
    later: signal({ scheduled: 0, failed: 0, due: 0 }),
    reminded: signal([]),
    requests: signal(0),
    signIns: signal([]),
    hidden: signal({ rooms: 0, unread: false }),
    dividerSeq: signal(null),
    landing: signal({ kind: "newest" }),
    missing: signal(false),
    emoji: signal(new Map()),
    emojiNews: signal(null),
    pending: signal([]),
    typing: signal([]),
    notice: signal(null),
    workspace: signal(STANDARD_HERE),
    limits: signal(LIMITS),
    withheld: signal([]),
    drafts: signal(new Map()),
    attachments: signal(new Map()),
    draftRooms: signal(new Set()),
    draftTargets: signal(new Map()),
    freshThreads: signal(new Map()),
    linked: signal(null),
    lostRoom: signal(null),
    ...over,
  };
  // Rendering asks for nothing: an action that is called during it is a fault.
  const actions = new Proxy({} as ChatActions, {
    get(_, name) {
      throw new Error(`The render called the action ${String(name)}.`);
    },
  });
  return { state, actions, shelf: createMemoryShelf() };
}
