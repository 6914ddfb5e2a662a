/** A hub with nothing real around it, for the tests of what it does as a whole. */
import assert from "node:assert/strict";
import type { Bus } from "../../lib/bus/bus.ts";
import { createMemoryBus } from "../../lib/bus/memory.ts";
import type { Chat } from "../../lib/chat/chat.ts";
import type { Notice, Snapshot } from "../../lib/chat/notice.ts";
import { createHub, type HubOptions } from "../../lib/hub/hub.ts";
import type { Caller } from "../../lib/auth/caller.ts";
import type { HubCounts } from "../../lib/metrics/counts.ts";
import type { ClientSocketHandlers } from "../../lib/hub/sockets/client_socket.ts";
import type { Me } from "../../lib/protocol/accounts.ts";
import { listText, toJsonText } from "../../lib/protocol/json_text.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { Changes } from "../../lib/protocol/sync.ts";
import { memberRoom, message as modelMessage } from "../support/model_message.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

/**
 * A hub whose chat answers when the test says so, and clients that remember what they were sent.
 * @param around what it shares with other hubs
 */
export function setUp(
  limits = { perUser: 0, perAddress: 0, frameRate: 0 },
  around: {
    virtual?: VirtualLoop;
    bus?: Bus<Notice>;
    sharing?: HubOptions["sharing"];
    joinNodes?: HubOptions["joinNodes"];
    counts?: HubCounts;
    /** By default, at once. */
    readRoom?(asked: RoomRead): Promise<{ userId: number; room: MemberRoom }[]>;
  } = {},
) {
  const {
    virtual = new VirtualLoop(),
    bus = createMemoryBus<Notice>(),
    sharing,
    counts,
    joinNodes,
    readRoom = (asked) => Promise.resolve(seenBy(asked)),
  } = around;
  const answers: PromiseWithResolvers<unknown>[] = [];
  const revoked = new Set<number>();
  const chat = {
    run: () => {
      const answer = Promise.withResolvers<unknown>();
      answers.push(answer);
      return answer.promise;
    },
  } as unknown as Chat; // the test gives each answer in the type that its command has
  const pages: PromiseWithResolvers<Changes>[] = [];
  const time = { now: 0 };
  // What the store would say of each room's messages.
  const heads = new Map<number, number>();
  bus.subscribe((notices) => {
    for (const notice of notices) {
      if (notice.type === "message") heads.set(notice.room, notice.rev);
    }
  });
  const hub = createHub({
    chat,
    bus,
    instance: "instance",
    epoch: "test",
    authenticate: (token) => Promise.resolve(token === "good" ? caller(1) : null),
    isValid: (sessionId) => Promise.resolve(!revoked.has(sessionId)),
    memberRooms: (id, userIds) =>
      readRoom({ room: { ...room(id, heads.get(id) ?? 0), name: "new" }, userIds }),
    changes: () => {
      const page = Promise.withResolvers<Changes>();
      pages.push(page);
      return page.promise;
    },
    now: () => time.now,
    loop: virtual.loop,
    limits: { ...limits, frameRate: () => limits.frameRate },
    joinNodes,
    ...(counts === undefined ? {} : { counts }),
    ...(sharing === undefined ? {} : { sharing }),
    log: (message, error) => assert.fail(`${message}: ${error}`),
  });

  function connect(who: Caller | null | undefined) {
    const client = {
      frames: [] as { type: string; [field: string]: unknown }[][],
      closed: null as number | null,
      cut: false,
      buffered: 0,
      stuck: false,
      reads: true,
      handlers: null as unknown as ClientSocketHandlers, // set by adopt, before anyone looks
      events: () => client.frames.flat().filter((event) => event.type !== "presence"),
      types: () => client.events().map((event) => event.type),
    };
    hub.adopt((handlers) => {
      client.handlers = handlers;
      return {
        send(text) {
          client.frames.push(JSON.parse(text));
          if (!client.reads) client.buffered += text.length;
        },
        close: (code) => void (client.closed ??= code),
        cut: () => void (client.cut = true),
        get buffered() {
          return client.buffered;
        },
        get stuck() {
          return client.stuck;
        },
      };
    }, { address: "192.0.2.1", network: "192.0.2.1", caller: who });
    client.handlers.opened();
    return client;
  }

  async function connectLive(who: Caller, rooms = [room(1, 0)]) {
    const client = connect(who);
    await virtual.pass(0);
    answers.pop()!.resolve(snapshot(who.user, rooms));
    await virtual.pass(10);
    return client;
  }

  return { virtual, bus, answers, pages, time, revoked, hub, connect, connectLive };
}

/** A room as it is when it is read, and for whom. */
export interface RoomRead {
  room: MemberRoom;
  userIds: number[];
}

export const seenBy = ({ room, userIds }: RoomRead) => userIds.map((userId) => ({ userId, room }));

export function user(id: number): User {
  const username = `user${id}`;
  return {
    id,
    username,
    displayName: username,
    role: "member",
    avatar: null,
    disabled: false,
    status: null,
  };
}

function me(user: User): Me {
  return { ...user, language: null, theme: "system", showLocalTime: true };
}

export function caller(id: number): Caller {
  return {
    user: me(user(id)),
    sessionId: id,
    expiresAt: 1_000_000,
    way: "password",
    confirmedAt: 0,
  };
}

export function room(id: number, head: number): MemberRoom {
  return { ...memberRoom(head), id };
}

export function snapshot(who: User, rooms: MemberRoom[]): Snapshot {
  const hidden = { rooms: 0, unread: false };
  const accesses = rooms.map(() => 0);
  const later = { scheduled: 0, failed: 0, due: 0 };
  const lists = { saved: [], threads: [] };
  const none = {
    ...lists,
    later,
    drafts: false,
    emoji: 0,
    signIns: 0,
    surplus: false,
    hidden,
    lastRoom: null,
  };
  return {
    user: me(who),
    rooms: listText(rooms.map(toJsonText)),
    ids: rooms.map(({ id }) => id),
    heads: rooms.map(({ head }) => head),
    accesses,
    users: listText([toJsonText(who)]),
    userIds: [who.id],
    ...none,
  };
}

export function message(roomId: number, rev: number): Notice {
  const stored = modelMessage(rev, { room: roomId });
  return { type: "message", room: roomId, rev, access: 0, message: stored };
}

/** Of the `message` events, in order. */
export const revs = (events: { type: string; rev?: unknown }[]) =>
  events.filter(({ type }) => type === "message").map(({ rev }) => rev);
