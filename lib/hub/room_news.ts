/** What is told of a room to its members here: each sees it with their own membership. */
import type { Change, ThreadsHint } from "../chat/notice.ts";
import type { SeenEvent } from "../protocol/events.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { SharedPart } from "./sending/shared_frames.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";
import type { RoomTelling } from "./room_tellings.ts";

/** People for whom a room is read at once: what takes longer is older. */
const READ_FOR = 100;
/** Where something is said in it whenever it is read, it is told as it was. */
const MOST_READS = 6;

type Tells = (connection: Connection) => boolean;

/**
 * It is read for those connected here: who comes meanwhile knows of it, or has it replayed. Several
 * reasons to tell it share a read.
 */
export async function tellRoom(hub: HubState, room: number, tells: Tells = () => true) {
  const telling = hub.tellings.want(room, [...hub.channels.members(room)].filter(tells));
  if (telling === null) return;
  try {
    for (let reads = 1; !telling.isDone;) {
      const isNow = await readAndTell(hub, room, telling, reads === MOST_READS);
      reads = isNow ? 1 : reads + 1;
    }
  } finally {
    hub.tellings.end(room);
  }
}

/** False: somebody was told something newer meanwhile, and waits for the next read. */
async function readAndTell(
  hub: HubState,
  room: number,
  telling: RoomTelling,
  isLast: boolean,
): Promise<boolean> {
  const wanted = telling.begin(READ_FOR);
  const seen = await hub.memberRooms(room, [...wanted.keys()]);
  const head = Math.max(0, ...seen.map((entry) => entry.room.head));
  await hub.nodes?.reached(room, head);
  const isOld = head < hub.channels.headOf(room);
  let isNow = true;
  for (const { userId, room: memberRoom } of seen) {
    const isLate = !isLast && (isOld || telling.isLate(userId));
    if (isLate) isNow = false;
    const text = isLate ? "" : JSON.stringify({ type: "room", room: memberRoom });
    for (const connection of wanted.get(userId) ?? []) {
      if (!hub.channels.members(room).has(connection)) continue;
      if (isLate) telling.want(connection);
      else pushBehind(hub, connection, room, text);
    }
  }
  return isNow;
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
  tells: Tells = isLive,
): void {
  if (notice.type === "threads") void tellStored(hub, notice, tells);
  else tellThread(hub, notice, tells);
}

/** Each person their own state, and then what it makes of the room's count. */
function tellThread(
  hub: HubState,
  { room, root, states }: Pick<ThreadNotice, "room" | "root" | "states">,
  tells: Tells,
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
  tells: Tells,
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
