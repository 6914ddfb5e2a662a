/**
 * Who is connected to this node, and how what happens reaches them: sockets in, notices from the
 * bus, frames out in batches. It asks chat for everything that has rules, and never a store.
 */
import type { Bus } from "../bus/bus.ts";
import type { Chat } from "../chat/chat.ts";
import type { Notice, Snapshot } from "../chat/notice.ts";
import { toConfabError } from "../errors.ts";
import { CLOSE, type CloseCode } from "../protocol/codes.ts";
import type { ReadyEvent } from "../protocol/events.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { MemberRoom, User } from "../protocol/objects.ts";
import { Admission } from "./admission.ts";
import { Channels } from "./channels.ts";
import { Connection, type Identity } from "./connection.ts";
import { type Conversation, type ConversationOptions, createConversation } from "./conversation.ts";
import { createFlushSchedule, type Loop } from "./flush.ts";
import { Journal } from "./journal.ts";
import { sweep, SWEEP_MS } from "./keepalive.ts";
import { applyNotice, replayNotice } from "./notices.ts";
import { Presence } from "./presence.ts";
import type { Socket, SocketHandlers } from "./socket.ts";
import type { HubState } from "./state.ts";

/** How long changes of presence are gathered. */
const PRESENCE_MS = 1_000;
/** With more people than this online, `ready` tells only of those whom it lists. */
const PRESENCE_LISTED = 1_000;

export interface HubOptions {
  chat: Chat;
  bus: Bus<Notice>;
  epoch: string;
  /** Who a token speaks for; null where its session is gone. */
  authenticate(token: string, address: string): Promise<Identity | null>;
  /** Whether a session is still good. */
  isValid(sessionId: number): Promise<boolean>;
  memberRooms(room: number, userIds: number[]): Promise<{ userId: number; room: MemberRoom }[]>;
  /** Wall clock, ms since the epoch. */
  now(): number;
  loop: Loop & { every(ms: number, task: () => void): () => void };
  /** Each 0 = no limit. `frameRate`: frames a second from one connection. */
  limits: { perUser: number; perAddress: number; frameRate: number };
  log(message: string, error: unknown): void;
}

export interface Hub {
  /**
   * Takes a new socket. `identity` from the upgrade's cookie or header; `null`: those were
   * not valid; `undefined`: none were sent, the first frame must bring a token.
   */
  adopt(
    open: (handlers: SocketHandlers) => Socket,
    client: { address: string; identity: Identity | null | undefined },
  ): void;
  /** How many sockets are here. */
  readonly size: number;
  /** Says goodbye to everyone, sends what waits, closes. */
  close(reason: string, retryAfter: number): void;
}

export function createHub(options: HubOptions): Hub {
  const { loop } = options;
  const connections = new Set<Connection>();
  const dirty = new Set<Connection>();
  const channels = new Channels();
  const presence = new Presence();
  const admission = new Admission(options.limits);
  const journal = new Journal();
  const schedule = createFlushSchedule(flush, loop);

  const state: HubState = {
    connections,
    channels,
    presence,
    requestFlush: schedule.request,
    drop,
    sees: (connection, userId) => connection.people === null || connection.people.has(userId),
    memberRooms: (room, userIds) =>
      options.memberRooms(room, userIds).catch((error) => {
        options.log("Cannot read a room for its members", error);
        return [];
      }),
  };

  function adopt(...[open, client]: Parameters<Hub["adopt"]>) {
    const socket = open({
      opened: () => opened(connection, conversation, client.identity),
      received: (text) => conversation.receive(text),
      closed: () => forget(connection),
    });
    const connection = new Connection(client.address, socket, requestFlush, loop.now());
    const conversation = createConversation(connection, conversationOptions(() => conversation));
  }

  function conversationOptions(conversation: () => Conversation): ConversationOptions {
    return {
      hub: state,
      chat: options.chat,
      frameRate: options.limits.frameRate,
      monotonic: loop.now,
      log: options.log,
      authenticate: (connection, token, ref) =>
        void authenticate(connection, conversation(), token, ref),
    };
  }

  function opened(
    connection: Connection,
    conversation: Conversation,
    identity: Identity | null | undefined,
  ) {
    connections.add(connection);
    if (!admission.admitAddress(connection)) {
      return drop(connection, CLOSE.tooMany, "too many connections from this address");
    }
    if (identity === null) return drop(connection, CLOSE.unauthenticated, "not authenticated");
    if (identity !== undefined) void load(connection, conversation, identity);
  }

  async function authenticate(
    connection: Connection,
    conversation: Conversation,
    token: string,
    ref: string | undefined,
  ) {
    try {
      const identity = await options.authenticate(token, connection.address);
      if (connection.phase !== "anonymous") return;
      if (identity === null) return drop(connection, CLOSE.unauthenticated, "not authenticated");
      connection.push({ type: "ack", ...(ref === undefined ? {} : { ref }) });
      await load(connection, conversation, identity);
    } catch (error) {
      fail(connection, error);
    }
  }

  /** Subscribes, then reads: what happens in between is replayed after `ready`. */
  async function load(connection: Connection, conversation: Conversation, identity: Identity) {
    connection.phase = "loading";
    connection.identity = { ...identity };
    connection.heardAt = loop.now();
    connection.hold();
    presence.add(identity.user.id, connection);
    if (!admission.admitUser(identity.user.id, presence)) {
      return drop(connection, CLOSE.tooMany, "too many connections of this user");
    }
    const entry = journal.open();
    try {
      const { id, role } = identity.user;
      const [snapshot, valid] = await Promise.all([
        options.chat.run("snapshot", { userId: id, role }, {}),
        options.isValid(identity.sessionId),
      ]);
      // Asked again after the connection could hear of a revocation: none falls in between.
      if (!valid) return drop(connection, CLOSE.unauthenticated, "session ended");
      begin(connection, snapshot, journal.since(entry));
    } catch (error) {
      fail(connection, error);
    } finally {
      journal.close(entry);
    }
    if (isLive(connection)) conversation.resume();
  }

  function begin(connection: Connection, snapshot: Snapshot, missed: Notice[]) {
    if (connection.phase !== "loading") return;
    connection.phase = "live";
    if (snapshot.user.role === "guest") {
      connection.people = new Set(snapshot.users.map((user) => user.id));
    }
    for (const room of snapshot.rooms) channels.join(room.id, connection);
    connection.outgoing.pushFirst(JSON.stringify(ready(snapshot)));
    const heads = new Map(snapshot.rooms.map((room) => [room.id, room.head]));
    for (const notice of missed) replayNotice(state, connection, notice, heads);
    connection.release();
  }

  function ready({ user, rooms, users }: Snapshot): ReadyEvent {
    const now = options.now();
    const people = presenceFor(user, users);
    return {
      type: "ready",
      protocol: 1,
      epoch: options.epoch,
      user,
      rooms,
      users,
      presence: people,
      limits: LIMITS,
      serverTime: now,
    };
  }

  function presenceFor(user: User, users: User[]) {
    if (user.role !== "guest" && presence.size <= PRESENCE_LISTED) return presence.all();
    return Object.fromEntries(users.map(({ id }) => [id, presence.statusOf(id)]));
  }

  function receiveNotices(notices: Notice[]) {
    journal.add(notices);
    for (const notice of notices) applyNotice(state, notice);
  }

  function requestFlush(connection: Connection) {
    dirty.add(connection);
    schedule.request();
  }

  function flush() {
    channels.drain();
    for (const connection of dirty) {
      dirty.delete(connection);
      // A connection on hold comes back by itself when it is released.
      if (!connection.flush()) drop(connection, CLOSE.tooSlow, "too slow");
    }
  }

  function tellPresence() {
    const changed = presence.takeChanges();
    if (changed === null) return;
    const text = JSON.stringify({ type: "presence", users: changed });
    for (const connection of connections) {
      if (connection.phase !== "live") continue;
      if (connection.people === null) connection.pushText(text);
      else tellGuest(connection, connection.people, changed);
    }
  }

  function tellGuest(
    connection: Connection,
    people: ReadonlySet<number>,
    changed: ReadyEvent["presence"],
  ) {
    const users = Object.fromEntries(
      Object.entries(changed).filter(([id]) => people.has(Number(id))),
    );
    if (Object.keys(users).length > 0) connection.push({ type: "presence", users });
  }

  function fail(connection: Connection, thrown: unknown) {
    if (connection.phase === "closed") return;
    if (toConfabError(thrown).code === "internal") options.log("A sign-in failed", thrown);
    drop(connection, CLOSE.restarting, "the server cannot answer just now");
  }

  function drop(connection: Connection, code: CloseCode, reason: string) {
    connection.close(code, reason);
    forget(connection);
  }

  function forget(connection: Connection) {
    if (!connections.delete(connection)) return;
    connection.phase = "closed";
    dirty.delete(connection);
    for (const room of [...connection.rooms]) channels.leave(room, connection);
    admission.leave(connection);
    if (connection.identity !== null) presence.remove(connection.identity.user.id, connection);
  }

  const stopSweeping = loop.every(SWEEP_MS, () => sweep(connections, loop.now(), drop));
  const stopTelling = loop.every(PRESENCE_MS, tellPresence);
  const unsubscribe = options.bus.subscribe(receiveNotices);

  return {
    adopt,
    get size() {
      return connections.size;
    },
    close(reason, retryAfter) {
      stopSweeping();
      stopTelling();
      unsubscribe();
      channels.drain();
      for (const connection of [...connections]) {
        connection.push({ type: "bye", reason, retryAfter });
        drop(connection, CLOSE.restarting, reason);
      }
    },
  };
}

function isLive(connection: Connection): boolean {
  return connection.phase === "live";
}
