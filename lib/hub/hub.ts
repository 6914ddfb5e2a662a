/**
 * Who is connected to this node, and how what happens reaches them: sockets in, notices from the
 * bus, frames out in batches. It asks chat for everything that has rules, and never a store.
 */
import type { Bus } from "../bus/bus.ts";
import type { Chat } from "../chat/chat.ts";
import type { Notice } from "../chat/notice.ts";
import { CLOSE, type CloseCode } from "../protocol/codes.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Changes } from "../protocol/sync.ts";
import type { Ticks } from "../protocol/time.ts";
import { Admission } from "./sockets/admission.ts";
import { createArrival } from "./arrival.ts";
import { CatchUp } from "./sending/catch_up.ts";
import { Channels } from "./sending/channels.ts";
import { type ClientPlace, Connection, type Identity } from "./sockets/connection.ts";
import { Conversation, type ConversationOptions } from "./conversation.ts";
import { createFlushSchedule } from "./sending/flush.ts";
import { Journal } from "./sending/journal.ts";
import { challenge, cutLingering, silent, sweep, SWEEP_MS } from "./sockets/keepalive.ts";
import type { EventLoop } from "../event_loop.ts";
import { applyNotice } from "./notices.ts";
import { Presence } from "./people/presence.ts";
import { createPresenceNews, introduce, PRESENCE_MS } from "./people/presence_news.ts";
import { Rounds } from "./sending/rounds.ts";
import type { Socket, SocketHandlers } from "./sockets/socket.ts";
import type { HubState } from "./state.ts";
import { Strangers } from "./sockets/strangers.ts";

/**
 * How long a stop waits at most for peers to close (ms): enough for the socket's lingering and a
 * way there and back, little beside the time in which clients come back.
 */
export const GOODBYE_MS = 300;

export interface HubOptions {
  chat: Chat;
  bus: Bus<Notice>;
  epoch: string;
  instance: string;
  /** Who a token speaks for; null where its session is gone. */
  authenticate(token: string, address: string): Promise<Identity | null>;
  /** Whether a session is still good. */
  isValid(sessionId: number): Promise<boolean>;
  memberRooms(room: number, userIds: number[]): Promise<{ userId: number; room: MemberRoom }[]>;
  /** What changed in a room; the hub itself knows who is in it. */
  changes(room: number, since: number): Promise<Changes>;
  /** Wall clock, ms since the epoch. */
  now(): number;
  loop: EventLoop;
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
    client: ClientPlace & { identity: Identity | null | undefined; refusal?: string | undefined },
  ): void;
  /**
   * A guest was told of these people: their connections hear of them from now on. Answers whether
   * that is new to any of them.
   */
  introduce(userId: number, people: readonly { id: number }[]): boolean;
  /** Who of these people is here. */
  presenceOf(people: readonly { id: number }[]): Record<string, PresenceStatus>;
  /** How many sockets are here. */
  readonly size: number;
  /** Asks every connection at once for a sign of life: a whole message. */
  challenge(): void;
  /** Who does not close although told to, then who has given none since, longest silent first. */
  suspects(): Suspect[];
  /**
   * Says goodbye to everyone, sends what waits, closes. Resolves when every socket has closed, or
   * after `GOODBYE_MS`.
   */
  close(reason: string, retryAfter: number): Promise<void>;
  /** After `close`: ends what its peer has not closed. */
  cutOff(): void;
}

/** A connection of which nothing whole has come for a while. */
export interface Suspect {
  /** Null where it has not signed in. */
  readonly identity: Identity | null;
  readonly address: string;
  /** Ends it now, without waiting for the peer. */
  cut(): void;
}

export function createHub(options: HubOptions): Hub {
  const { loop, chat, log } = options;
  const connections = new Set<Connection>();
  /** Told to close, with when; their peers have not done so yet. */
  const leaving = new Map<Connection, Ticks>();
  /** From `close` on: until all have gone. */
  let goodbye: PromiseWithResolvers<void> | null = null;
  let challengedAt = 0 as Ticks;
  const channels = new Channels();
  const presence = new Presence();
  const admission = new Admission(options.limits);
  const strangers = new Strangers((these) => sweep(these, times(), drop), loop);
  const journal = new Journal();
  const rounds = new Rounds(
    () => channels.drain(),
    (connection) => drop(connection, CLOSE.tooSlow, "too slow"),
  );
  const schedule = createFlushSchedule(() => rounds.sendPart(), loop);
  const catchUp = new CatchUp({
    changes: options.changes,
    version: (room) => channels.version(room),
  });

  const hub: HubState = {
    connections,
    channels,
    presence,
    catchUp,
    requestFlush: schedule.request,
    drop,
    sees: (connection, userId) =>
      connection.phase === "live" && (connection.people === null || connection.people.has(userId)),
    memberRooms: (room, userIds) =>
      options.memberRooms(room, userIds).catch((error) => {
        log("Cannot read a room for its members", error);
        return [];
      }),
  };
  const arrival = createArrival({
    hub,
    journal,
    admission,
    strangers,
    epoch: options.epoch,
    instance: options.instance,
    authenticate: options.authenticate,
    isValid: options.isValid,
    snapshot: ({ id, role }) => chat.run("snapshot", { userId: id, role }, {}),
    now: options.now,
    monotonic: loop.now,
    log,
  });

  /** The same for every connection. */
  const conversing: ConversationOptions = {
    hub,
    chat,
    frameRate: options.limits.frameRate,
    loop,
    log,
    authenticate: (conversation, token, ref) =>
      void arrival.authenticate(conversation.connection, conversation, token, ref),
  };

  function adopt(...[open, { address, network, identity, refusal }]: Parameters<Hub["adopt"]>) {
    const socket = open({
      opened: () => opened(connection, conversation, identity, refusal),
      received: (text) => conversation.receive(text),
      closed: () => {
        leaving.delete(connection);
        if (leaving.size === 0) goodbye?.resolve();
        forget(connection);
        // Only now: a peer that was told to go and does not still holds memory and a descriptor.
        admission.leave(connection);
      },
    });
    const connection = new Connection({ address, network }, socket, requestFlush, loop.now());
    const conversation = new Conversation(connection, conversing);
  }

  function opened(
    connection: Connection,
    conversation: Conversation,
    identity: Identity | null | undefined,
    refusal = "not authenticated",
  ) {
    connections.add(connection);
    if (goodbye !== null) return drop(connection, CLOSE.restarting, "the server is going down");
    if (!admission.admitNetwork(connection, Boolean(identity))) {
      return drop(connection, CLOSE.tooMany, "too many connections from this address");
    }
    if (identity === null) return drop(connection, CLOSE.unauthenticated, refusal);
    if (identity === undefined) strangers.add(connection);
    else void arrival.load(connection, conversation, identity);
  }

  function receiveNotices(notices: Notice[]) {
    journal.add(notices);
    for (const notice of notices) applyNotice(hub, notice);
  }

  function requestFlush(connection: Connection) {
    rounds.add(connection);
    schedule.request();
  }

  function drop(connection: Connection, code: CloseCode, reason: string) {
    if (connection.phase !== "closed") leaving.set(connection, loop.now());
    connection.close(code, reason);
    forget(connection);
  }

  function cut(connection: Connection) {
    leaving.delete(connection);
    connection.cut();
    forget(connection);
  }

  function forget(connection: Connection) {
    if (!connections.delete(connection)) return;
    strangers.remove(connection);
    connection.phase = "closed";
    rounds.remove(connection);
    for (const room of [...connection.rooms]) channels.leave(room, connection);
    if (connection.identity !== null) presence.remove(connection.identity.user.id, connection);
  }

  const times = () => ({ monotonic: loop.now(), wall: options.now() });
  const stopSweeping = loop.afterStart(() =>
    loop.every(SWEEP_MS, () => {
      sweep(connections, times(), drop);
      cutLingering(leaving, loop.now());
    })
  );
  const stopTelling = loop.afterStart(() =>
    loop.every(PRESENCE_MS, createPresenceNews(hub, loop.now))
  );
  const unsubscribe = options.bus.subscribe(receiveNotices);

  return {
    adopt,
    introduce: (userId, people) => introduce(hub, userId, people.map(({ id }) => id)),
    presenceOf: (people) => presence.of(people.map(({ id }) => id)),
    get size() {
      return connections.size;
    },
    challenge() {
      challengedAt = loop.now();
      challenge(connections, challengedAt);
    },
    suspects: () =>
      [...leaving.keys(), ...silent(connections, challengedAt)].map((connection) => ({
        identity: connection.identity,
        address: connection.place.address,
        cut: () => cut(connection),
      })),
    async close(reason, retryAfter) {
      goodbye = Promise.withResolvers();
      stopSweeping();
      stopTelling();
      unsubscribe();
      channels.drain();
      for (const connection of [...connections]) {
        connection.push({ type: "bye", reason, retryAfter });
        drop(connection, CLOSE.restarting, reason);
      }
      if (leaving.size === 0) return;
      const stopWaiting = loop.every(GOODBYE_MS, goodbye.resolve);
      await goodbye.promise;
      stopWaiting();
    },
    cutOff() {
      for (const connection of [...leaving.keys()]) cut(connection);
    },
  };
}
