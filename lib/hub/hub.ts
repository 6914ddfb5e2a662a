/**
 * Who is connected to this node, and how events reach them: sockets in, notices from the bus,
 * frames out in batches. This file joins the hub's parts. For everything that has rules it asks
 * chat, never a store.
 */
import { type HubCounts, newHubCounts } from "../metrics/counts.ts";
import { CLOSE } from "../protocol/codes.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import { Arrival } from "./arrival.ts";
import type { FrameHandlerOptions } from "./frame_handler.ts";
import { Entrance } from "./entrance.ts";
import { timeHeard } from "./nodes/heard_times.ts";
import { applyNotice } from "./notices.ts";
import type { HubOptions } from "./options.ts";
import { Presence } from "./people/presence.ts";
import { createPresenceNews, introduce, PRESENCE_MS } from "./people/presence_news.ts";
import { PresenceSharing } from "./people/presence_sharing.ts";
import { RoomTellings } from "./room_tellings.ts";
import { SharedChanges } from "./sending/shared_changes.ts";
import { Channels } from "./sending/channels.ts";
import { createFlushSchedule } from "./sending/flush.ts";
import { Journal } from "./sending/journal.ts";
import { Rounds } from "./sending/rounds.ts";
import { Screens } from "./sending/screens.ts";
import { stampOf } from "./sending/stamp.ts";
import { Admission } from "./sockets/admission.ts";
import type { Connection } from "./sockets/connection.ts";
import { Connections } from "./sockets/connections.ts";
import { SWEEP_MS } from "./sockets/keepalive.ts";
import { Strangers } from "./sockets/strangers.ts";
import { type HubReading, type HubState, STANDARD } from "./state.ts";

export type { HubOptions } from "./options.ts";

export interface Hub
  extends
    Pick<Entrance, "adopt">,
    Pick<Connections, "challenge" | "suspects" | "cutOff" | "recheck"> {
  /** A guest was told about these people, and hears of them from now on. True: one of them is new. */
  introduce(userId: number, people: readonly { id: number }[]): boolean;
  /** Which of these people are online. */
  presenceOf(people: readonly { id: number }[]): Record<string, PresenceStatus>;
  /** Ids of all who are online, on any node; who is away is not. */
  online(): number[];
  /** What there is now: people and rooms with a connection here, connections by phase. */
  reading(): HubReading;
  /** How many sockets are open. */
  readonly size: number;
  /** Stops listening, and says goodbye to everyone (`Connections.sayGoodbye`). */
  close(reason: string, retryAfter: number): Promise<void>;
}

export function createHub(options: HubOptions): Hub {
  const { loop } = options;
  const journal = new Journal();
  const parts = joinSending(options, journal);
  const { hub, connections } = parts;
  const entrance = joinEntrance(options, parts, journal);
  const stops = [
    loop.afterStart(() =>
      loop.every(SWEEP_MS, () => {
        connections.sweep();
        connections.cutLingering();
      })
    ),
    loop.afterStart(() => loop.every(PRESENCE_MS, createPresenceNews(hub, loop.now))),
    hub.nodes?.start() ?? options.bus.subscribe((notices) => {
      journal.add(notices);
      for (const notice of notices) applyNotice(hub, notice);
    }),
  ];
  const sharing = options.sharing &&
    new PresenceSharing({ ...options, ...options.sharing, presence: hub.presence });

  return {
    adopt: (open, client) => entrance.adopt(open, client),
    introduce: (userId, people) => introduce(hub, userId, people.map(({ id }) => id)),
    presenceOf: (people) => hub.presence.of(people.map(({ id }) => id)),
    online: () => hub.presence.online(),
    reading: () => ({
      connections: connections.phases(),
      users: hub.presence.sizeHere,
      rooms: hub.channels.size,
      nodes: hub.nodes?.reading() ?? null,
    }),
    get size() {
      return connections.all.size;
    },
    challenge: () => connections.challenge(),
    suspects: () => connections.suspects(),
    async close(reason, retryAfter) {
      for (const stop of stops) stop();
      // First: that everybody goes from here must not be told as if they were gone.
      const left = sharing?.close();
      hub.channels.drain();
      await Promise.all([left, connections.sayGoodbye(reason, retryAfter)]);
    },
    cutOff: () => connections.cutOff(),
    recheck: (isValid, people) => connections.recheck(isValid, people),
  };
}

interface Parts {
  hub: HubState;
  connections: Connections;
  strangers: Strangers;
  counts: HubCounts;
  screens: Screens;
  /** Something is waiting to be sent to this connection. */
  requestFlush(connection: Connection): void;
}

/** Long because it names each part once: joins who is online with how frames go out to them. */
function joinSending(options: HubOptions, journal: Journal): Parts {
  const { loop, counts = newHubCounts() } = options;
  const onEmpty = (room: number) => hub.nodes?.leave(room);
  const channels = new Channels({ counts, now: loop.now, onEmpty });
  const presence = new Presence({ shared: options.sharing !== undefined });
  const screens = new Screens(counts, loop.now);
  const delivered = timeHeard({ screens, monotonic: loop.now, wall: options.now });
  const rounds = new Rounds({
    gather: () => channels.drain(),
    onBehind: (connection) => connections.drop(connection, CLOSE.tooSlow, "too slow"),
    counts,
    screens,
    now: loop.now,
  });
  const connections = new Connections({
    now: options.now,
    loop,
    counts,
    onGone(connection) {
      strangers.remove(connection);
      channels.leaveAll(connection);
      if (connection.caller !== null) presence.remove(connection.caller.user.id, connection);
    },
  });
  const strangers = new Strangers((these) => connections.sweep(these), loop);
  const schedule = createFlushSchedule(() => rounds.sendPart(), loop);
  const sharedChanges = new SharedChanges({
    changes: options.changes,
    version: (room) => channels.version(room),
  });
  const { here = () => STANDARD } = options;
  const hub: HubState = {
    here,
    connections: connections.all,
    channels,
    presence,
    sharedChanges,
    tellings: new RoomTellings(),
    nodes: options.joinNodes?.({
      ...options,
      counts: counts.nodes,
      journal,
      hub: () => hub,
      delivered,
    }) ?? null,
    requestFlush: schedule.request,
    drop: (connection, code, reason) => connections.drop(connection, code, reason),
    sees: (connection, userId) =>
      connection.phase === "live" && (connection.people === null || connection.people.has(userId)),
    draftOf: async (userId, room, thread) => {
      try {
        return await options.draftOf?.(userId, room, thread) ?? null;
      } catch (error) {
        options.log("Cannot read a draft for its author", error);
        return "unknown";
      }
    },
    threadStates: async (room, roots, userIds) => {
      try {
        return await options.threadStates?.(room, roots, userIds) ?? [];
      } catch (error) {
        options.log("Cannot read threads for those who follow them", error);
        return [];
      }
    },
    memberRooms: (room, userIds) =>
      options.memberRooms(room, userIds).catch((error) => {
        options.log("Cannot read a room for its members", error);
        return [];
      }),
  };
  function requestFlush(connection: Connection): void {
    if (connection.outgoing.since === 0) connection.outgoing.since = stampOf(loop.now());
    rounds.add(connection);
    schedule.request();
  }
  return { hub, connections, strangers, counts, screens, requestFlush };
}

/** Joins how sockets become connections, sign in and send frames. */
function joinEntrance(options: HubOptions, parts: Parts, journal: Journal): Entrance {
  const { chat, loop, log } = options;
  const { hub, connections, strangers, counts, screens, requestFlush } = parts;
  const admission = new Admission(options.limits);
  const arrival = new Arrival({
    hub,
    journal,
    admission,
    strangers,
    epoch: options.epoch,
    instance: options.instance,
    authenticate: options.authenticate,
    isValid: options.isValid,
    changes: options.changes,
    snapshot: ({ id, role }) => chat.run("snapshot", { userId: id, role }, { once: true }),
    now: options.now,
    monotonic: loop.now,
    log,
  });
  const handling: FrameHandlerOptions = {
    hub,
    chat,
    frameRate: options.limits.frameRate,
    counts,
    screens,
    tracing: options.tracing ?? null,
    loop,
    log,
    authenticate: (handler, token, ref) =>
      void arrival.authenticate(handler.connection, handler, token, ref),
  };
  return new Entrance({
    connections,
    admission,
    strangers,
    arrival,
    handling,
    requestFlush,
    loop,
  });
}
