/**
 * What the parts of the program count while they work: plain numbers that each part raises itself,
 * and that `/metrics` reads. They are made outside and passed in. No part knows how its numbers are
 * named or shown; this file knows no part.
 *
 * Labels are few and fixed: never an id, a name or an address.
 */
import { BATCH_SIZES, DURATIONS, REQUEST_DURATIONS, Spread } from "./spread.ts";

/** Everything that is counted. It lasts as long as the process, through restarts within it. */
export interface Counts {
  readonly hub: HubCounts;
  readonly store: StoreCounts;
  readonly bus: BusCounts;
  readonly http: HttpCounts;
  readonly auth: AuthCounts;
  readonly jobs: JobCounts;
  readonly files: FileCounts;
}

export function newCounts(): Counts {
  return {
    hub: newHubCounts(),
    store: { lanes: new Map() },
    bus: { published: 0, received: 0 },
    http: { requests: new LabelCounts(), durations: new Map(), errors: new LabelCounts() },
    auth: { attempts: new LabelCounts() },
    jobs: { done: new LabelCounts(), failed: new LabelCounts(), due: 0, since: null },
    files: { open: 0, bytes: 0, complete: 0 },
  };
}

/** Files on their way in. */
export interface FileCounts {
  /** Bodies that are open now. */
  open: number;
  /** Bytes that arrived. */
  bytes: number;
  /** Uploads that became files. */
  complete: number;
}

/** Counts by a label with few values. */
export class LabelCounts extends Map<string, number> {
  add(label: string): void {
    this.set(label, (this.get(label) ?? 0) + 1);
  }
}

/** Durations are in milliseconds. */
export interface HubCounts {
  opened: number;
  /** Connections that this server ended, by the code of the close. */
  readonly dropped: LabelCounts;
  /** Frames that clients sent, by type. */
  readonly received: LabelCounts;
  /** Frames that were refused, by the code of the error. */
  readonly errors: LabelCounts;
  /** Frames handed to sockets, and their characters. */
  frames: number;
  characters: number;
  /** Messages (also edits, deletions, reactions) told in a room here. */
  messages: number;
  /** The same, each times the connections that get it. */
  deliveries: number;
  /** From an event's queueing until the frame with it is handed to the socket. */
  readonly frameDelay: Spread;
  /** From a send's arrival until the frame with its ack is handed to the socket. */
  readonly ack: Spread;
  /** From a send's arrival until the first, and the last, connection here was handed it. */
  readonly firstScreen: Spread;
  readonly lastScreen: Spread;
  /** From a message's time on another node until the last connection here was handed it. */
  readonly remoteScreen: Spread;
  syncRequests: number;
  /** Rooms whose changes were answered. */
  syncRooms: number;
  readonly nodes: NodesCounts;
}

export function newHubCounts(): HubCounts {
  return {
    opened: 0,
    dropped: new LabelCounts(),
    received: new LabelCounts(),
    errors: new LabelCounts(),
    frames: 0,
    characters: 0,
    messages: 0,
    deliveries: 0,
    frameDelay: new Spread(DURATIONS),
    ack: new Spread(DURATIONS),
    firstScreen: new Spread(DURATIONS),
    lastScreen: new Spread(DURATIONS),
    remoteScreen: new Spread(DURATIONS),
    syncRequests: 0,
    syncRooms: 0,
    nodes: newNodesCounts(),
  };
}

export interface StoreCounts {
  /** By name: "writer", "reader". */
  readonly lanes: Map<string, LaneCounts>;
}

/** What goes to the database one batch at a time, or several at once in a pool. */
export interface LaneCounts {
  /** A batch that writes is one commit. */
  readonly kind: "write" | "read";
  /** Operations not yet handed over. */
  waiting: number;
  /** Batches under way. */
  busy: number;
  /** Milliseconds from handing a batch over until its answer. */
  readonly duration: Spread;
  readonly operations: Spread;
  /** Batches of which nothing was kept. */
  failed: number;
  /** Batches whose outcome is unknown: the connection or its thread died. */
  lost: number;
  /** How often the connection was opened again. */
  reconnects: number;
}

/** The counts of this lane, which stay the same when a store is opened again. */
export function laneOf(
  { lanes }: StoreCounts,
  name: string,
  kind: LaneCounts["kind"],
): LaneCounts {
  const lane = lanes.get(name) ?? {
    kind,
    waiting: 0,
    busy: 0,
    duration: new Spread(DURATIONS),
    operations: new Spread(BATCH_SIZES),
    failed: 0,
    lost: 0,
    reconnects: 0,
  };
  lanes.set(name, lane);
  return lane;
}

/** How this node keeps up with what the others do. All zero on a single node. */
export interface NodesCounts {
  /** Durable events applied from the tail. */
  events: number;
  /** Times a room was found behind and read from the store, and messages that came so. */
  gapsHealed: number;
  messagesHealed: number;
  /** Message notices that had to wait, for an earlier one or for whatever else. */
  noticesHeld: number;
  /** Those that waited until it was known who may read them. */
  accessHolds: number;
  /** Milliseconds for which nothing was passed on, without the time since that began last. */
  gateClosedMs: number;
  /** Milliseconds a completed sweep took. */
  readonly sweep: Spread;
  sweepsFailed: number;
  /** When a sweep last completed, by the monotonic clock; null before the first. */
  sweptAt: number | null;
}

export function newNodesCounts(): NodesCounts {
  return {
    events: 0,
    gapsHealed: 0,
    messagesHealed: 0,
    noticesHeld: 0,
    accessHolds: 0,
    gateClosedMs: 0,
    sweep: new Spread(DURATIONS),
    sweepsFailed: 0,
    sweptAt: null,
  };
}

/** Messages between nodes: one publish may carry many notices. */
export interface BusCounts {
  published: number;
  received: number;
}

export interface HttpCounts {
  /** By "METHOD route status"; routes as patterns. */
  readonly requests: LabelCounts;
  /** By route. */
  readonly durations: Map<string, Spread>;
  /** By the code of the error. */
  readonly errors: LabelCounts;
}

/** @param answered `method` and `route` from short lists, never as a client wrote them */
export function countRequest(
  { requests }: HttpCounts,
  answered: { method: string; route: string; status: number },
): void {
  requests.add(`${answered.method} ${answered.route} ${answered.status}`);
}

export function timeRequest(counts: HttpCounts, route: string, ms: number): void {
  let durations = counts.durations.get(route);
  if (durations === undefined) {
    counts.durations.set(route, durations = new Spread(REQUEST_DURATIONS));
  }
  durations.add(ms);
}

export interface AuthCounts {
  /** By "kind outcome": "login ok", "signup rate_limited". */
  readonly attempts: LabelCounts;
}

/** What was planned for a time, and this node has done. */
export interface JobCounts {
  /** By kind. */
  readonly done: LabelCounts;
  /** Tries that failed, by kind: each is made again. */
  readonly failed: LabelCounts;
  /** Jobs whose time had come when this node last looked, and the time of the first of them. */
  due: number;
  since: number | null;
}
