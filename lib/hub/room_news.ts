/** What is told of a room to its members here: each sees it with their own membership. */
import type { Change, ThreadsHint } from "../chat/notice.ts";
import type { SeenEvent } from "../protocol/events.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { SharedPart } from "./sending/shared_frames.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";

/** It is read for those connected here. */
export async function tellRoom(
  hub: HubState,
  room: number,
  tells: (connection: Connection) => boolean = () => true,
): Promise<void> {
  const listeners = () => [...hub.channels.members(room)].filter(tells);
  const here = listeners().flatMap(({ caller }) => caller?.user.id ?? []);
  const seen = await hub.memberRooms(room, [...new Set(here)]);
  if (hub.nodes !== null) {
    await hub.nodes.reached(room, Math.max(0, ...seen.map((entry) => entry.room.head)));
  }
  const byUser = new Map(seen.map((entry) => [entry.userId, entry.room]));
  for (const connection of listeners()) {
    const memberRoom = byUser.get(connection.caller?.user.id ?? 0);
    if (memberRoom === undefined) continue;
    pushBehind(hub, connection, room, JSON.stringify({ type: "room", room: memberRoom }));
  }
}

/** With other nodes, more may have been delivered than there was when the room was read. */
export function tellAgain(hub: HubState, connection: Connection, room: MemberRoom): void {
  const delivered = hub.nodes?.headOf(room.id) ?? 0;
  if (delivered > room.head) return void tellRoom(hub, room.id, (each) => each === connection);
  return pushBehind(hub, connection, room.id, JSON.stringify({ type: "room", room }));
}

/** What has moved the mark on since then is in the counts that follow. */
export function tellUnread(
  hub: HubState,
  { userId, room, seq }: Extract<Change, { type: "unread" }>,
  connections: Iterable<Connection>,
): void {
  const live = new Set([...connections].filter(({ phase }) => phase === "live"));
  const text = JSON.stringify({ type: "read", room, seq, back: true });
  for (const connection of live) pushBehind(hub, connection, room, text);
  void tellRoom(hub, room, (each) => each.caller?.user.id === userId && live.has(each));
}

type ThreadNotice = Extract<Change, { type: "thread" | "follow" }>;
const isLive = ({ phase }: Connection) => phase === "live";

/** What a thread, or each of these threads, is to those who are here. */
export function tellThreads(
  hub: HubState,
  notice: ThreadNotice | ThreadsHint,
  tells: (connection: Connection) => boolean = isLive,
): void {
  if (notice.type === "threads") void tellStored(hub, notice, tells);
  else tellThread(hub, notice, tells);
}

/** Each person their own state, and then what it makes of the room's count. */
function tellThread(
  hub: HubState,
  { room, root, states }: Pick<ThreadNotice, "room" | "root" | "states">,
  tells: (connection: Connection) => boolean,
): void {
  const told = new Set<Connection>();
  for (const { userId, ...state } of states) {
    const text = JSON.stringify({ type: "thread", room, root, ...state });
    for (const connection of hub.presence.connectionsOf(userId)) {
      if (!tells(connection) || !connection.rooms.has(room)) continue;
      told.add(connection);
      pushBehind(hub, connection, room, text);
    }
  }
  if (told.size > 0) void tellRoom(hub, room, (each) => told.has(each));
}

/** What could not be said of these threads: as the store has it. */
async function tellStored(
  hub: HubState,
  { room, roots }: ThreadsHint,
  tells: (connection: Connection) => boolean,
): Promise<void> {
  const here = [...hub.channels.members(room)].flatMap(({ caller }) => caller?.user.id ?? []);
  if (here.length === 0) return;
  for (const { root, states } of await hub.threadStates(room, roots, here)) {
    tellThread(hub, { room, root, states }, tells);
  }
}

/** Everybody else in the room hears of it. */
export function tellTyping(hub: HubState, room: number, userId: number): void {
  hub.channels.drainRoom(room);
  // One part for all: members who wait for the same parts share a frame.
  const part = new SharedPart(room, JSON.stringify({ type: "typing", room, userId }));
  for (const connection of hub.channels.members(room)) {
    if (connection.caller?.user.id !== userId) connection.pushShared(part);
  }
  part.settle();
}

/** In a direct room, the others hear how far somebody has seen it. */
export function tellSeen(
  hub: HubState,
  { room, userId, seq, seenAt }: Extract<Change, { type: "read" }>,
): void {
  if (seenAt === undefined) return;
  hub.channels.drainRoom(room);
  const event: SeenEvent = { type: "seen", room, userId, seq, at: seenAt };
  const part = new SharedPart(room, JSON.stringify(event));
  for (const connection of hub.channels.members(room)) {
    if (connection.caller?.user.id !== userId) connection.pushShared(part);
  }
  part.settle();
}

/**
 * Queues a connection's own event behind its room's shared messages: a room's events keep their
 * order, and no `room` shows a head whose messages have not been sent yet.
 */
export function pushBehind(
  hub: HubState,
  connection: Connection,
  room: number,
  text: string,
): void {
  hub.channels.drainRoom(room);
  const part = new SharedPart(room, text);
  connection.pushShared(part);
  part.settle();
}
