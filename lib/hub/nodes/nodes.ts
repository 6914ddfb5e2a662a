/**
 * Keeps this hub in step with the hubs of other nodes over the same database. Messages go through
 * the sequence, durable events come from the tail alone, also this node's own; the sweep finds what
 * neither has said. A hub that is alone has none of this.
 */
import type { Bus } from "../../bus/bus.ts";
import type { Tail } from "../../bus/tail.ts";
import type { DurableChange, MessageNotice, Notice } from "../../chat/notice.ts";
import { ConfabError } from "../../errors.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { NodesCounts } from "../../metrics/counts.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Changes } from "../../protocol/sync.ts";
import { Sequence } from "../sequence.ts";
import { Gate } from "./gate.ts";
import { type RoomHead, Served, type ServedRooms } from "./served.ts";
import { Sweep } from "./sweep.ts";

/** What a hub needs to be one of several. */
export interface Neighbourhood {
  tail: Tail<DurableChange>;
  /** See `SweepOptions.moved`. */
  moved(served: ServedRooms): Promise<RoomHead[]>;
  random(): number;
}

export interface NodesOptions extends Neighbourhood {
  bus: Bus<Notice>;
  changes(room: number, since: number): Promise<Changes>;
  loop: EventLoop;
  counts: NodesCounts;
  now(): number;
  /** A message reaches the members here, in its room's order. */
  deliver(notice: MessageNotice): void;
  /** Whatever else has happened. */
  apply(notice: Notice): void;
  /**
   * For the connections that are loading: a room's messages as they are delivered, and those of
   * rooms with nobody here in any order.
   */
  record(notices: Notice[]): void;
  /** A room is served again: what is known of it here may be old. */
  began(room: number): void;
  /** A room's members here must ask for themselves. */
  skipped(room: number): void;
  /** Nothing that is known here can be relied on: every connection must begin again. */
  lost(): void;
}

type ThreadNotice = Extract<Notice, { type: "thread" }>;

export class Nodes {
  readonly #options: NodesOptions;
  readonly #gate: Gate;
  readonly #sequence: Sequence;
  readonly #served: Served;
  readonly #sweep: Sweep;

  constructor(options: NodesOptions) {
    this.#options = options;
    const { tail, loop, now, moved, random, counts } = options;
    this.#gate = new Gate({ monotonic: loop.now, wall: now }, counts);
    this.#sequence = new Sequence({
      deliver: (notice) => {
        options.record([notice]);
        options.deliver(notice);
      },
      skipped: options.skipped,
      look: () => tail.look(),
      looks: () => tail.started,
      isOpen: () => this.#gate.isOpen,
      read: (room, since) => this.#readMissing(room, since),
      loop,
      counts,
    });
    const sequence = this.#sequence;
    this.#served = new Served(() => sequence.heads(), (room) => sequence.headOf(room));
    this.#sweep = new Sweep({
      moved,
      look: () => tail.look(),
      served: this.#served,
      found: (heads) => this.#found(heads),
      swept: () => this.#swept(),
      gate: this.#gate,
      counts,
      loop,
      now,
      random,
    });
  }

  /** Begins to listen; the returned function stops it. */
  start(): () => void {
    const { bus, tail, lost } = this.#options;
    const stops = [
      bus.subscribe((notices, from) => {
        for (const notice of notices) this.#hear(notice, from);
      }),
      bus.onReturn(() => this.#sweep.soon()),
      tail.subscribe({
        happened: (events, early) => this.#happened(events, early),
        looked: (look) => this.#sequence.looked(look),
        lost,
      }),
      this.#sweep.start(),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /**
   * Somebody here read the room at this head. Returns false if it was served already.
   * @param unheard nobody listened for it between that read and now
   */
  serve(room: number, head: number, access: number, unheard = false): boolean {
    if (!this.#sequence.begin(room, head, access)) return false;
    this.#served.came(room);
    this.#options.began(room);
    if (unheard) this.#sweep.soon();
    return true;
  }

  /** Nobody is there any more. */
  leave(room: number): void {
    this.#sequence.end(room);
    this.#served.went(room);
  }

  /** The revision up to which a room was delivered; null if it is not served. */
  headOf(room: number): number | null {
    return this.#sequence.headOf(room);
  }

  /** See `Sequence.reached`. */
  reached(room: number, head: number): Promise<void> {
    return this.#sequence.reached(room, head);
  }

  /** For the metrics: how many messages wait, and whether nothing may be passed on. */
  reading(): { held: number; gateClosed: boolean } {
    return { held: this.#sequence.held, gateClosed: !this.#gate.isOpen };
  }

  offer(notice: MessageNotice): void {
    this.#sequence.offer(notice);
  }

  /**
   * Resolves when everything is applied that was committed before this call: what was read until
   * now may then be shown to whoever is still a member. Rejects with `unavailable`.
   */
  async current(): Promise<void> {
    if (await this.#options.tail.look()) return;
    throw new ConfabError("unavailable", "The server cannot read anything just now.", {
      retryAfter: 1_000,
    });
  }

  #hear(notice: Notice, from: "here" | "elsewhere"): void {
    const { tail, record, apply } = this.#options;
    switch (notice.type) {
      case "message":
        // What is served is recorded when it is delivered.
        if (this.#sequence.headOf(notice.room) === null) return record([notice]);
        return this.#sequence.offer(notice);
      case "moved":
        return this.#sequence.read(notice.room, notice.rev);
      case "events":
        if (from === "here") return; // its writer looks by itself
        this.#sequence.hinted();
        return void tail.look();
      case "typing":
        // Nobody misses one, and it must not reach somebody who has just been removed.
        return this.#sequence.isOpen ? apply(notice) : undefined;
      case "thread":
        // It may be older than an event that is still to be read, of somebody's having read it.
        if (from === "elsewhere" && !this.#sequence.isOpen) return void this.#askAnew(notice);
        record([notice]);
        return apply(notice);
      default:
        record([notice]);
        apply(notice);
    }
  }

  /** What nobody has said of a message, nobody has said of its thread either. */
  async #readMissing(room: number, since: number): Promise<Changes> {
    const page = await this.#options.changes(room, since);
    const roots = new Set(page.messages.flatMap(rootOf));
    if (roots.size > 0) this.#options.apply({ type: "threads", room, roots: [...roots] });
    return page;
  }

  async #askAnew({ room, root }: ThreadNotice): Promise<void> {
    await this.#options.tail.look();
    const hint: Notice = { type: "threads", room, roots: [root] };
    this.#options.record([hint]);
    this.#options.apply(hint);
  }

  #happened(events: DurableChange[], early: boolean): void {
    const { record, apply, counts } = this.#options;
    counts.events += events.length;
    record(events);
    for (const event of events) {
      apply(event);
      // Told early, it says nothing of the changes before it.
      if (early || (event.type !== "joined" && event.type !== "left")) continue;
      const room = event.type === "joined" ? event.room.id : event.room;
      this.#sequence.learn(room, event.access);
    }
  }

  #found(heads: RoomHead[]): void {
    for (const [room, head] of heads) this.#sequence.reaches(room, head);
  }

  #swept(): void {
    this.#sequence.release();
    this.#sequence.retry();
  }
}

/** The thread to which a message belongs, as a reply or as its root. */
function rootOf({ id, thread, replies }: Message): number[] {
  if (thread !== null) return [thread];
  return replies === null ? [] : [id];
}
