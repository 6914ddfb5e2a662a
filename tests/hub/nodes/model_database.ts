/**
 * A database that several hubs share, as they see it through store, tail and watch: every commit is
 * one step, and answers take a while in which others commit. It remembers who could read what when.
 */
import type { EventsRead } from "../../../lib/bus/tail.ts";
import type { Snapshot } from "../../../lib/chat/notice.ts";
import type { RoomHead, ServedRooms } from "../../../lib/hub/nodes/served.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { MemberRoom } from "../../../lib/protocol/rooms.ts";
import type { Changes } from "../../../lib/protocol/sync.ts";
import type { Change, DurableChange } from "../../../lib/store/changes.ts";
import { memberRoom, message as plainMessage } from "../../support/model_message.ts";
import type { Random } from "../../support/random.ts";
import { snapshot as plainSnapshot, user } from "../hub_fixture.ts";

const PAGE = 20;

interface Stay {
  userId: number;
  from: number;
  /** Infinity: still here. */
  to: number;
}

interface ModelRoom {
  id: number;
  head: number;
  access: number;
  stays: Stay[];
  messages: Map<number, Message>;
  /** The step and the time of the commit of each revision. */
  steps: Map<number, { step: number; at: number }>;
}

/** What a commit tells: events by the table, the rest by the bus. */
export interface Commit {
  events: { id: number; change: DurableChange }[];
  signals: Change[];
}

export class ModelDatabase {
  readonly rooms = new Map<number, ModelRoom>();
  readonly revoked = new Map<number, number>();
  readonly #events: { id: number; change: DurableChange }[] = [];
  #step = 0;
  #messages = 0;
  /** Nothing answers. */
  down = false;

  constructor(
    private readonly random: Random,
    private readonly wait: (ms: number) => Promise<void>,
    private readonly now: () => number,
  ) {}

  makeRoom(id: number, userIds: number[]): void {
    const stays = userIds.map((userId) => ({ userId, from: 0, to: Infinity }));
    const none = { messages: new Map(), steps: new Map() };
    this.rooms.set(id, { id, head: 0, access: userIds.length, stays, ...none });
  }

  isMember(room: number, userId: number): boolean {
    return this.#stay(this.rooms.get(room)!, userId) !== undefined;
  }

  membersOf(room: number): number[] {
    return this.rooms.get(room)!.stays.filter(({ to }) => to === Infinity)
      .map(({ userId }) => userId);
  }

  /** Whether the user was a member at that revision's commit, or at any time since. */
  mayHaveRead(room: number, rev: number, userId: number): boolean {
    const { steps, stays } = this.rooms.get(room)!;
    const { step } = steps.get(rev)!;
    return stays.some((stay) => stay.userId === userId && stay.to > step);
  }

  committedAt(room: number, rev: number): number {
    return this.rooms.get(room)!.steps.get(rev)!.at;
  }

  send(room: number, userId: number): Commit {
    const target = this.rooms.get(room)!;
    const seq = target.head + 1;
    const id = ++this.#messages;
    return this.#change(target, plainMessage(seq, { id, room, userId, text: `text ${id}` }));
  }

  edit(room: number): Commit | null {
    const target = this.rooms.get(room)!;
    if (target.messages.size === 0) return null;
    const before = this.random.pick([...target.messages.values()]);
    return this.#change(target, { ...before, text: `${before.text}!`, rev: target.head + 1 });
  }

  join(room: number, userId: number): Commit {
    const target = this.rooms.get(room)!;
    target.access += 1;
    target.stays.push({ userId, from: ++this.#step, to: Infinity });
    const { access } = target;
    return this.#durable([
      { type: "joined", userId, room: this.#seen(target), access },
      { type: "room", room },
    ]);
  }

  leave(room: number, userId: number): Commit {
    const target = this.rooms.get(room)!;
    target.access += 1;
    this.#stay(target, userId)!.to = ++this.#step;
    return this.#durable([
      { type: "left", userId, room, access: target.access },
      { type: "room", room },
    ]);
  }

  /** The user's session ends, and no other begins. */
  revoke(userId: number, now: number): Commit {
    this.revoked.set(userId, now);
    return this.#durable([{ type: "revoked", userId, sessions: "all", reason: "revoked" }]);
  }

  snapshot(userId: number): Promise<Snapshot> {
    return this.#answer(() => {
      const mine = [...this.rooms.values()].filter((room) => this.#stay(room, userId));
      const rooms = mine.map((room) => this.#seen(room));
      const accesses = mine.map(({ access }) => access);
      return { ...plainSnapshot(user(userId), rooms), accesses };
    });
  }

  isValid(userId: number): Promise<boolean> {
    return this.#answer(() => !this.revoked.has(userId));
  }

  memberRooms(id: number, userIds: number[]): Promise<{ userId: number; room: MemberRoom }[]> {
    return this.#answer(() => {
      const room = this.rooms.get(id)!;
      return userIds.filter((userId) => this.#stay(room, userId))
        .map((userId) => ({ userId, room: this.#seen(room) }));
    });
  }

  changes(id: number, since: number): Promise<Changes> {
    return this.#answer(() => {
      const { messages, head } = this.rooms.get(id)!;
      const found = [...messages.values()].filter(({ rev }) => rev > since)
        .sort((a, b) => a.rev - b.rev);
      const page = found.slice(0, PAGE);
      return { messages: page, head, more: page.length < found.length, reset: false };
    });
  }

  newEvents(mark: string | null): Promise<EventsRead> {
    return this.#answer(() => {
      const rows = mark === null ? [] : this.#events.slice(Number(mark))
        .map(({ id, change }) => ({ id, body: JSON.stringify(change) }));
      return { mark: String(this.#events.length), rows, lost: false };
    });
  }

  /** A watching connection's own list of rooms. */
  watch(): (served: ServedRooms) => Promise<RoomHead[]> {
    const list = new Map<number, number>();
    let filled = false;
    return async (served) => {
      const { come, gone } = filled
        ? served.takeDifferences()
        : { come: served.takeAll(), gone: [] };
      if (!filled) list.clear();
      filled = false;
      const moved = await this.#answer(() => {
        for (const room of gone) list.delete(room);
        for (const [room, head] of come) list.set(room, head);
        const found = [...list].map(([room]): RoomHead => [room, this.rooms.get(room)!.head])
          .filter(([room, head]) => list.get(room) !== head);
        for (const [room, head] of found) list.set(room, head);
        return found;
      });
      filled = true;
      return moved;
    };
  }

  /** The question is on its way, is answered at one moment, and so is the answer. */
  async #answer<T>(read: () => T): Promise<T> {
    await this.wait(this.random.below(4));
    if (this.down || this.random.next() < 0.01) throw new Error("out of reach");
    const answer = read();
    await this.wait(this.random.below(8));
    return answer;
  }

  #change(room: ModelRoom, message: Message): Commit {
    room.head += 1;
    room.messages.set(message.id, message);
    room.steps.set(room.head, { step: ++this.#step, at: this.now() });
    const { id, head: rev, access } = room;
    return { events: [], signals: [{ type: "message", room: id, rev, access, message }] };
  }

  #durable(changes: DurableChange[]): Commit {
    const events = changes.map((change) => ({ id: this.#events.length + 1, change }))
      .map((event, index) => ({ ...event, id: event.id + index }));
    this.#events.push(...events);
    return { events, signals: [] };
  }

  #stay(room: ModelRoom, userId: number): Stay | undefined {
    return room.stays.find((stay) => stay.userId === userId && stay.to === Infinity);
  }

  #seen({ id, head }: ModelRoom): MemberRoom {
    return { ...memberRoom(head), id };
  }
}
