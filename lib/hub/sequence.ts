/**
 * Puts each room's messages into the order of their revisions, whichever node committed them, and
 * lets none reach members whom this node may not know to be gone. What does not come over the bus
 * is read from the store. Only rooms with somebody here are served. It knows no connections.
 *
 * A message waits for the one before it; for the durable events, if its `access` is greater than
 * the one up to which this node knows the room's members; for any look at the events that another
 * node has asked for; and for the gate.
 */
import type { MessageNotice } from "../chat/notice.ts";
import type { Changes } from "../protocol/sync.ts";
import { FewAtATime } from "./nodes/few.ts";
import type { SequenceOptions } from "./nodes/sequence_options.ts";
import { beginRoom, type Held, type ServedRoom } from "./nodes/served_room.ts";

/** Messages of a room that may wait: those beyond are read again. */
const MOST_HELD = 512;
/** Milliseconds that a missing one may be on its way: then it is read. */
const GAP_WAIT = 100;
/** Rooms read at a time. */
const MOST_HEALING = 8;
/** Milliseconds after which an event about a room no longer waits for the messages before it. */
const LONGEST_REACH = 1_000;

export class Sequence {
  readonly #options: SequenceOptions;
  readonly #rooms = new Map<number, ServedRoom>();
  /** Rooms whose next message is here and may not go out yet. */
  readonly #blocked = new Set<ServedRoom>();
  readonly #healing: FewAtATime<ServedRoom>;
  /** The look that is known to be needed before anything goes out that comes now. */
  #needed = 0;
  #looked = 0;

  constructor(options: SequenceOptions) {
    this.#options = options;
    // If it fails, `retry` tries again.
    const heal = (room: ServedRoom) => this.#readMissing(room).catch(() => {});
    this.#healing = new FewAtATime(MOST_HEALING, heal);
  }

  /** The rooms served, each with the revision up to which it was delivered. */
  *heads(): Iterable<[room: number, head: number]> {
    for (const { id, next } of this.#rooms.values()) yield [id, next - 1];
  }

  /** The revision up to which a room was delivered; null if it is not served. */
  headOf(room: number): number | null {
    const served = this.#rooms.get(room);
    return served === undefined ? null : served.next - 1;
  }

  /** Whether what needs no order may go out. */
  get isOpen(): boolean {
    return this.#looked >= this.#needed && this.#options.isOpen();
  }

  /** How many messages wait, in all rooms. */
  get held(): number {
    let held = 0;
    for (const room of this.#rooms.values()) held += room.held.size;
    return held;
  }

  /**
   * Somebody is here now who read the room at this head and access. Returns false if it was served
   * already. Starting with the first notice heard instead would lose those before it.
   */
  begin(id: number, head: number, access: number): boolean {
    const room = this.#rooms.get(id);
    if (room !== undefined) {
      // Of whoever comes with an older picture, nothing is known beyond it.
      room.access = Math.min(room.access, access);
      return false;
    }
    this.#rooms.set(id, beginRoom(id, head, access));
    return true;
  }

  /** Nobody is here any more. */
  end(id: number): void {
    const room = this.#rooms.get(id);
    if (room === undefined) return;
    this.#rooms.delete(id);
    this.#blocked.delete(room);
    this.#healing.remove(room);
    for (const { resolve } of room.reaching) resolve();
  }

  /** A message that was heard of, in any order and any number of times. */
  offer(notice: MessageNotice): void {
    const room = this.#rooms.get(notice.room);
    if (room === undefined || notice.rev < room.next) return;
    const isNext = notice.rev === room.next;
    if (isNext && notice.access <= room.access && this.isOpen) {
      room.held.delete(notice.rev);
      room.next += 1;
      this.#options.deliver(notice);
      // Nearly always there is nothing else.
      if (room.held.size > 0 || room.reaching.length > 0 || room.head >= room.next) {
        this.#advance(room);
      }
      return;
    }
    room.head = Math.max(room.head, notice.rev);
    if (room.held.size < MOST_HELD || isNext) {
      const looks = this.#options.looks();
      room.held.set(notice.rev, { notice, looks, needs: this.#needed, awaitsAccess: false });
      this.#options.counts.noticesHeld += 1;
    }
    this.#advance(room);
  }

  /** Another node has written durable events: what comes from now on waits until they are read. */
  hinted(): void {
    this.#needed = this.#options.looks() + 1;
  }

  /** An event that was applied says that the members are known up to this change. */
  learn(id: number, access: number): void {
    const room = this.#rooms.get(id);
    if (room === undefined || room.access >= access) return;
    room.access = access;
    if (this.#blocked.has(room)) this.#advance(room);
  }

  /** The look with this number has ended well: all that was committed before it is applied. */
  looked(look: number): void {
    this.#looked = look;
    this.release();
  }

  /** The gate may be open again. */
  release(): void {
    for (const room of [...this.#blocked]) this.#advance(room);
  }

  /** The database's head is at least this: what is missing is read unless it comes soon. */
  reaches(id: number, head: number): void {
    const room = this.#rooms.get(id);
    if (room === undefined || head < room.next) return;
    room.head = Math.max(room.head, head);
    this.#advance(room);
  }

  /** The same, of a message that nobody will say: it is read at once. */
  read(id: number, rev: number): void {
    const room = this.#rooms.get(id);
    if (room === undefined || rev < room.next) return;
    room.head = Math.max(room.head, rev);
    this.#healing.add(room);
  }

  /** Tries again what could not be read before: to be called from time to time. */
  retry(): void {
    for (const room of this.#rooms.values()) if (room.head >= room.next) this.#advance(room);
  }

  /** Resolves when a room's messages up to this head have been delivered, or it takes too long. */
  reached(id: number, head: number): Promise<void> {
    const room = this.#rooms.get(id);
    if (room === undefined || head < room.next) return Promise.resolve();
    return new Promise((resolve) => {
      room.reaching.push({ head, resolve });
      this.#options.loop.after(LONGEST_REACH, resolve);
      this.reaches(id, head);
    });
  }

  /** Delivers what may go out, in order; what does not go has a reason to be looked at again. */
  #advance(room: ServedRoom): void {
    this.#blocked.delete(room);
    for (;;) {
      const held = room.held.get(room.next);
      if (held === undefined) {
        if (room.next >= room.read) break;
        room.next += 1;
      } else if (this.#mayGo(room, held)) {
        room.held.delete(room.next);
        room.next += 1;
        this.#options.deliver(held.notice);
      } else {
        this.#blocked.add(room);
        break;
      }
    }
    this.#resolveReached(room);
    if (room.head >= room.next && !this.#blocked.has(room)) this.#awaitNext(room);
  }

  #mayGo(room: ServedRoom, held: Held): boolean {
    const { notice, looks, needs } = held;
    if (this.#looked < needs || !this.#options.isOpen()) return false;
    if (notice.access > room.access && this.#looked > looks) room.access = notice.access;
    if (notice.access <= room.access) return true;
    if (!held.awaitsAccess) this.#options.counts.accessHolds += 1;
    held.awaitsAccess = true;
    void this.#options.look();
    return false;
  }

  #resolveReached(room: ServedRoom): void {
    for (let i = room.reaching.length - 1; i >= 0; i--) {
      const { head, resolve } = room.reaching[i]!;
      if (head >= room.next) continue;
      room.reaching.splice(i, 1);
      resolve();
    }
  }

  #awaitNext(room: ServedRoom): void {
    if (room.awaited !== 0 || this.#healing.has(room)) return;
    room.awaited = room.next;
    this.#options.loop.after(GAP_WAIT, () => {
      const still = room.awaited === room.next;
      room.awaited = 0;
      if (this.#rooms.get(room.id) !== room || room.head < room.next) return;
      if (room.held.has(room.next)) return; // it has come, and may not go out
      if (still) this.#healing.add(room);
      else this.#awaitNext(room);
    });
  }

  async #readMissing(room: ServedRoom): Promise<void> {
    this.#options.counts.gapsHealed += 1;
    for (let more = true; more;) {
      const page = await this.#options.read(room.id, room.next - 1);
      // It may show what was written after somebody was removed.
      if (!await this.#options.look() || this.#rooms.get(room.id) !== room) return;
      this.#take(room, page);
      more = page.more && !this.#blocked.has(room);
    }
  }

  /** What is held is kept: it may be a revision that a later edit has replaced on the page. */
  #take(room: ServedRoom, { messages, head, more, reset }: Changes): void {
    for (const message of messages) {
      const { rev } = message;
      if (rev < room.next || room.held.has(rev)) continue;
      const notice: MessageNotice = { type: "message", room: room.id, rev, access: 0, message };
      room.held.set(rev, { notice, looks: 0, needs: 0, awaitsAccess: false });
      this.#options.counts.messagesHealed += 1;
    }
    const read = more ? messages.at(-1)?.rev ?? 0 : head;
    room.read = Math.max(room.read, read + 1);
    room.head = Math.max(room.head, head);
    this.#advance(room);
    if (reset) this.#options.skipped(room.id);
  }
}
