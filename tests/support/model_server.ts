/**
 * A server small enough to be believed: rooms, messages and counters in memory, by the letter of
 * the protocol. What the client's state must equal is computed here anew each time it is asked.
 * Pages are short and history is forgetful, so that paging, `more` and `reset` come up often.
 */
import { STANDARD_HERE } from "../../lib/protocol/workspace_standard.ts";
import type { ErrorCode } from "../../lib/protocol/codes.ts";
import type { FrameInput } from "../../lib/protocol/frames.ts";
import type { Me } from "../../lib/protocol/accounts.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { MessagePlace, ServerEvent } from "../../lib/protocol/events.ts";
import type { Membership } from "../../lib/protocol/members.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { Changes } from "../../lib/protocol/sync.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Page } from "../../lib/client/timeline.ts";
import { message as messageOf } from "./model_message.ts";

export const CHANGES_PAGE = 3;
export const PAGE = 5;
export const RESET_BEHIND = 60;

interface ModelRoom {
  id: number;
  name: string;
  head: number;
  /** By seq. */
  messages: Message[];
  members: Map<number, { readSeq: number; notify: Membership["notify"]; joinedAt: number }>;
}

/** What a copy of the database holds. */
export interface Backup {
  rooms: ModelRoom[];
  messageCount: number;
}

interface ModelConnection {
  userId: number;
  deliver(events: ServerEvent[]): void;
}

export class Refused extends Error {
  constructor(readonly code: ErrorCode, readonly retryAfter?: number) {
    super(code);
  }
}

export function modelUser(id: number): User {
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

/** Everybody has one session in the model. */
export function modelSession(id: number): number {
  return 100 + id;
}

export function modelMe(id: number): Me {
  return { ...modelUser(id), language: null, theme: "system", showLocalTime: true };
}

export class ModelServer {
  epoch = "first";
  now = 1_000_000;
  /** The next commands to store a message are refused with these. */
  refusals: Refused[] = [];
  /** Whom `ready` lists: everybody, unless a test says otherwise. */
  listed: number[];
  /** Display names that somebody has changed. */
  readonly names = new Map<number, string>();
  /** A file that was uploaded, and that no message has. */
  fileOf: (id: number) => Message["files"][number] | undefined = () => undefined;
  /** So many live events get lost between the nodes, for every connection. */
  lose = 0;
  readonly rooms = new Map<number, ModelRoom>();
  readonly #connections = new Set<ModelConnection>();
  #messageCount = 0;

  constructor(rooms: number[], readonly users: number[]) {
    this.listed = users;
    for (const id of rooms) {
      const member = () => ({ readSeq: 0, notify: "all" as const, joinedAt: this.now });
      const members = new Map(users.map((user) => [user, member()]));
      this.rooms.set(id, { id, name: `room ${id}`, head: 0, messages: [], members });
    }
  }

  // Connections

  connect(userId: number, deliver: (events: ServerEvent[]) => void): ModelConnection {
    const connection = { userId, deliver };
    const rooms = this.roomsOf(userId);
    deliver([{
      type: "ready",
      protocol: 1,
      epoch: this.epoch,
      sessionId: modelSession(userId),
      instance: "model",
      user: modelUser(userId),
      settings: { language: null, theme: "system", showLocalTime: true },
      rooms,
      hidden: { rooms: 0, unread: false },
      users: this.listed.map((id) => this.user(id)),
      saved: [],
      threads: [],
      presence: {},
      workspace: STANDARD_HERE,
      limits: LIMITS,
      serverTime: this.now,
    }]);
    this.#connections.add(connection);
    return connection;
  }

  disconnect(connection: ModelConnection): void {
    this.#connections.delete(connection);
  }

  /** Frames of a connection that is gone are still carried out, as they may be in life. */
  receive(connection: ModelConnection, frame: string): void {
    const command = JSON.parse(frame) as FrameInput;
    const ref = command.ref === undefined ? {} : { ref: command.ref };
    const answer = (...events: ServerEvent[]) => {
      if (this.#connections.has(connection)) connection.deliver(events);
    };
    try {
      const { place, duplicate } = this.#run(connection.userId, command);
      if (command.type === "pong" || command.type === "typing") return;
      answer({
        type: "ack",
        ...ref,
        ...(place === undefined ? {} : { message: place }),
        ...(duplicate === undefined ? {} : { duplicate }),
      });
      if (command.type !== "sync") return;
      for (const [room, since] of Object.entries(command.rooms)) {
        const changes = this.#changesFor(connection.userId, Number(room), since);
        if (changes !== null) answer({ type: "changes", room: Number(room), ...changes });
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, retryAfter } = error;
      const patience = retryAfter === undefined ? {} : { retryAfter };
      answer({ type: "error", ...ref, code, message: code, ...patience });
    }
  }

  #run(userId: number, command: FrameInput): { place?: MessagePlace; duplicate?: boolean } {
    switch (command.type) {
      case "send": {
        const refusal = this.refusals.shift();
        if (refusal !== undefined) throw refusal;
        return this.send(userId, command.clientId, command.room, command.text, command.files);
      }
      case "edit":
        return { place: this.edit(userId, command.message, command.text) };
      case "delete":
        return { place: this.remove(userId, command.message) };
      case "react":
        return { place: this.react(userId, command.message, command.emoji, command.on) };
      case "read":
        this.read(userId, command.room, command.seq);
        return {};
      default:
        return {};
    }
  }

  #tell(room: ModelRoom, event: ServerEvent, only?: number): void {
    if (event.type === "message" && this.lose > 0) return void this.lose--;
    for (const connection of this.#connections) {
      const concerned = only === undefined
        ? room.members.has(connection.userId)
        : only === connection.userId;
      if (concerned) connection.deliver([event]);
    }
  }

  backUp(): Backup {
    return structuredClone({ rooms: [...this.rooms.values()], messageCount: this.#messageCount });
  }

  /** Another history begins: ids and places that came after the copy are given again. */
  restore(backup: Backup): void {
    const { rooms, messageCount } = structuredClone(backup);
    for (const room of rooms) this.rooms.set(room.id, room);
    this.#messageCount = messageCount;
    this.epoch += "'";
    for (const connection of this.#connections) this.disconnect(connection);
  }

  // What people do

  send(userId: number, clientId: string, roomId: number, text: string, ids: number[] = []) {
    const stored = this.ownMessages(userId).find((message) => message.clientId === clientId);
    if (stored !== undefined) return { place: placeOf(stored), duplicate: true };
    const room = this.#roomFor(userId, roomId);
    const { username } = modelUser(userId);
    const files = ids.map((id) => this.fileOf(id) ?? invalid());
    const message = messageOf(room.head + 1, {
      id: ++this.#messageCount,
      room: roomId,
      rev: 0,
      userId,
      username,
      text,
      ts: this.now,
      clientId,
      files,
      mentions: this.#mentions(text),
    });
    // Who writes has not thereby read what others wrote before.
    if (this.memberRoom(userId, room).membership.unread === 0) {
      room.members.get(userId)!.readSeq = message.seq;
    }
    room.messages.push(message);
    return { place: this.#commit(room, message, {}), duplicate: false };
  }

  edit(userId: number, id: number, text: string): MessagePlace {
    const { room, message } = this.#find(userId, id);
    if (message.userId !== userId || message.deletedAt !== null) throw new Refused("forbidden");
    return this.#commit(room, message, {
      text,
      editedAt: this.now,
      mentions: this.#mentions(text),
    });
  }

  remove(userId: number, id: number): MessagePlace {
    const { room, message } = this.#find(userId, id);
    if (message.deletedAt !== null) return placeOf(message);
    const gone = {
      text: "",
      reactions: {},
      files: [],
      links: [],
      mentions: [],
      deletedAt: this.now,
    };
    return this.#commit(room, message, gone);
  }

  react(userId: number, id: number, emoji: string, on: boolean): MessagePlace {
    const { room, message } = this.#find(userId, id);
    if (message.deletedAt !== null) throw new Refused("conflict");
    const others = (message.reactions[emoji] ?? []).filter((user) => user !== userId);
    const { [emoji]: _emoji, ...rest } = message.reactions;
    const users = on ? [...others, userId] : others;
    return this.#commit(room, message, {
      reactions: users.length === 0 ? rest : { ...rest, [emoji]: users },
    });
  }

  read(userId: number, roomId: number, seq: number): void {
    const room = this.#roomFor(userId, roomId);
    const member = room.members.get(userId)!;
    const mark = Math.min(seq, room.head);
    if (mark <= member.readSeq) return;
    member.readSeq = mark;
    this.#tell(room, { type: "read", room: roomId, seq: mark }, userId);
  }

  rename(roomId: number, name: string): void {
    const room = this.rooms.get(roomId)!;
    room.name = name;
    for (const user of room.members.keys()) {
      this.#tell(room, { type: "room", room: this.memberRoom(user, room) }, user);
    }
  }

  leave(userId: number, roomId: number): void {
    const room = this.rooms.get(roomId)!;
    if (!room.members.delete(userId)) return;
    this.#tell(room, { type: "left", room: roomId }, userId);
    this.rename(roomId, room.name);
  }

  join(userId: number, roomId: number): void {
    const room = this.rooms.get(roomId)!;
    if (room.members.has(userId)) return;
    room.members.set(userId, { readSeq: room.head, notify: "all", joinedAt: this.now });
    this.rename(roomId, room.name);
  }

  #commit(room: ModelRoom, message: Message, change: Partial<Message>): MessagePlace {
    room.head++;
    Object.assign(message, change, { rev: room.head });
    const event = { type: "message", room: room.id, rev: room.head } as const;
    this.#tell(room, { ...event, message: structuredClone(message) });
    return placeOf(message);
  }

  #mentions(text: string): number[] {
    return this.users.filter((id) => text.includes(`@user${id}`));
  }

  #roomFor(userId: number, id: number): ModelRoom {
    const room = this.rooms.get(id);
    if (room === undefined || !room.members.has(userId)) throw new Refused("not_found");
    return room;
  }

  #find(userId: number, id: number) {
    for (const room of this.rooms.values()) {
      const message = room.messages.find((message) => message.id === id);
      if (message !== undefined && room.members.has(userId)) return { room, message };
    }
    throw new Refused("not_found");
  }

  // What is so

  ownMessages(userId: number): Message[] {
    const all = [...this.rooms.values()].flatMap((room) => room.messages);
    return all.filter((message) => message.userId === userId);
  }

  user(id: number): User {
    const user = modelUser(id);
    return { ...user, displayName: this.names.get(id) ?? user.displayName };
  }

  roomsOf(userId: number): MemberRoom[] {
    const own = [...this.rooms.values()].filter((room) => room.members.has(userId));
    return own.map((room) => this.memberRoom(userId, room));
  }

  memberRoom(userId: number, room: ModelRoom): MemberRoom {
    const { readSeq, notify, joinedAt } = room.members.get(userId)!;
    const unread = room.messages.filter((message) =>
      message.seq > readSeq && message.userId !== userId && message.deletedAt === null
    );
    const mentions = unread.filter((message) => message.mentions.includes(userId)).length;
    return {
      id: room.id,
      kind: "public",
      name: room.name,
      topic: "",
      head: room.head,
      createdBy: 1,
      createdAt: 0,
      archived: false,
      memberCount: room.members.size,
      membership: {
        role: "member",
        readSeq,
        unread: unread.length,
        mentions,
        threads: 0,
        notify,
        joinedAt,
        favourite: false,
      },
    };
  }

  page(userId: number, roomId: number, query: URLSearchParams): Page {
    const { messages: all, head } = this.#roomFor(userId, roomId);
    const seq = (name: string) => Number(query.get(name));
    let from = Math.max(0, all.length - PAGE);
    let to = all.length;
    if (query.has("before")) {
      to = all.filter((message) => message.seq < seq("before")).length;
      from = Math.max(0, to - PAGE);
    } else if (query.has("after")) {
      from = all.filter((message) => message.seq <= seq("after")).length;
      to = Math.min(all.length, from + PAGE);
    } else if (query.has("around")) {
      const { readSeq } = this.#roomFor(userId, roomId).members.get(userId)!;
      const unread = all.find((message) =>
        message.seq > readSeq && message.userId !== userId && message.deletedAt === null
      );
      const around = query.get("around") === "unread" ? unread?.seq ?? head + 1 : seq("around");
      const middle = all.filter((message) => message.seq < around).length;
      from = Math.max(0, middle - 2);
      to = Math.min(all.length, from + PAGE);
    }
    const messages = structuredClone(all.slice(from, to));
    return { messages, head, hasBefore: from > 0, hasAfter: to < all.length };
  }

  #changesFor(userId: number, roomId: number, since: number): Changes | null {
    const room = this.rooms.get(roomId);
    if (room === undefined || !room.members.has(userId)) return null;
    const { head } = room;
    if (since > head || head - since > RESET_BEHIND) {
      return { messages: [], head, more: false, reset: true };
    }
    const changed = room.messages.filter((message) => message.rev > since);
    changed.sort((a, b) => a.rev - b.rev);
    const messages = structuredClone(changed.slice(0, CHANGES_PAGE));
    return { messages, head, more: changed.length > CHANGES_PAGE, reset: false };
  }

  /** The few routes that the engine's own work needs. */
  http(userId: number, method: string, path: string): { status: number; body: unknown } {
    const url = new URL(path, "http://model");
    const [, room, messages] = url.pathname.match(/^\/api\/rooms\/(\d+)(\/messages)?$/) ?? [];
    try {
      if (method === "POST" && url.pathname === "/api/logout") return { status: 204, body: null };
      if (method === "GET" && url.pathname === "/api/users") {
        const asked = url.searchParams.get("ids")!.split(",").map(Number);
        const users = asked.filter((id) => this.users.includes(id)).map((id) => this.user(id));
        return { status: 200, body: { users, presence: {} } };
      }
      const [, shown] = url.pathname.match(/^\/api\/rooms\/(\d+)\/membership$/) ?? [];
      if (method === "PATCH" && shown !== undefined) {
        const { membership } = this.memberRoom(userId, this.#roomFor(userId, Number(shown)));
        return { status: 200, body: membership };
      }
      if (method !== "GET" || room === undefined) throw new Refused("not_found");
      const found = this.#roomFor(userId, Number(room));
      const body = messages === undefined
        ? this.memberRoom(userId, found)
        : this.page(userId, found.id, url.searchParams);
      return { status: 200, body: structuredClone(body) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: 404, body: { code: error.code, detail: "There is no such thing." } };
    }
  }
}

function invalid(): never {
  throw new Refused("invalid");
}

function placeOf({ id, room, seq, rev, ts }: Message): MessagePlace {
  return { id, room, seq, rev, ts };
}

export type { ModelConnection };
