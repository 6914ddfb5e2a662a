/** Messages and rooms as plain values, for tests of pure functions. */
import type { Membership } from "../../lib/protocol/members.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";

/** A message by user 2, whose id is its seq. */
export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: seq,
    room: 1,
    seq,
    rev: seq,
    userId: 2,
    username: "user2",
    text: `message ${seq}`,
    ts: seq,
    clientId: `message-of-two-${seq}`,
    editedAt: null,
    deletedAt: null,
    replyTo: null,
    thread: null,
    replies: null,
    reactions: {},
    files: [],
    links: [],
    mentions: [],
    ...more,
  };
}

export function memberRoom(head: number, membership: Partial<Membership> = {}): MemberRoom {
  return {
    id: 1,
    kind: "public",
    name: "general",
    topic: "",
    head,
    createdBy: 1,
    createdAt: 0,
    archived: false,
    memberCount: 2,
    membership: {
      role: "member",
      readSeq: 0,
      unread: 0,
      mentions: 0,
      threads: 0,
      notify: "all",
      joinedAt: 0,
      favourite: false,
      ...membership,
    },
  };
}
