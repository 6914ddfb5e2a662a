/**
 * What this node tells the others of its people, and learns of theirs: who moved, by the bus, and
 * everybody, by the leases. A lost signal is corrected by the next lease; a node without a lease has
 * no people. How long each may take is in docs/decisions/0030.
 */
import type { Bus } from "../../bus/bus.ts";
import type { Notice, PresenceSignal } from "../../chat/notice.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { Lease, Leases } from "../../leases/leases.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Presence } from "./presence.ts";

/** How long who moved waits for others who move, ms. */
const TELL_MS = 250;
/** People in one signal: it has room in one NOTIFY (7,900 bytes). */
const MOST_TOLD = 300;
/** How often the leases are read, ms. */
const LOOK_MS = 5_000;
/** How often this node's own is renewed, ms: at every third look. */
const RENEW_MS = 15_000;
/** After this a look that has not come back is given up, ms. */
const LOOK_TIMEOUT = 20_000;
/** A node that says nothing for so long may be gone, ms: each says at every look that it is there. */
const SILENT_MS = 12_000;
/** How long the people of a node that ends in order have to be on another, ms. */
const RETURN_MS = 10_000;
/** How long an end waits for its lease to be released, ms: it ends by itself otherwise. */
const RELEASE_MS = 500;

export interface PresenceSharingOptions {
  /** This node's name, unlike any other's. */
  node: string;
  leases: Leases;
  presence: Presence;
  bus: Pick<Bus<Notice>, "publish" | "subscribe" | "onReturn">;
  loop: EventLoop;
  log(message: string, error: unknown): void;
}

export class PresenceSharing {
  readonly #options: PresenceSharingOptions;
  readonly #stops: (() => void)[];
  /** Of what this node has said; 0: nothing yet. */
  #version = 0;
  #renewedAt = -Infinity;
  /** The others need the list now: until it is there, each look tries. */
  #renewNow = true;
  /** When the leases were last seen to have forgotten this node's. */
  #forgottenAt: number;
  /** Since when a known node has had no lease. */
  readonly #missing = new Map<string, Ticks>();
  /** When a known node last said anything, or was first seen. */
  readonly #heardAt = new Map<string, Ticks>();
  /** When a node said that it ends. */
  readonly #leftAt = new Map<string, Ticks>();
  /** Since when a look is under way. */
  #lookingSince: Ticks | null = null;
  #failed = false;

  /** Begins to tell and to listen. */
  constructor(options: PresenceSharingOptions) {
    this.#options = options;
    const { bus, loop } = options;
    this.#forgottenAt = loop.now();
    this.#stops = [
      bus.subscribe((notices, from) => {
        if (from === "here") return;
        for (const notice of notices) if (notice.type === "presence") this.#hear(notice);
      }),
      // What was said meanwhile is lost: the others need the list, and this node needs theirs.
      bus.onReturn(() => {
        this.#renewNow = true;
        void this.#look();
      }),
      loop.every(TELL_MS, () => {
        this.#tell();
        this.#forgetLeft();
      }),
      loop.every(LOOK_MS, () => {
        this.#publish([]);
        this.#findSilent();
        void this.#look();
      }),
    ];
    void this.#look();
  }

  /** This node ends, and its people go to others. Never rejects. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#publish([], { leaving: true });
    const { leases, loop } = this.#options;
    const done = Promise.withResolvers<void>();
    const stopWaiting = loop.every(RELEASE_MS, done.resolve);
    leases.release().catch((error) => this.#failedTo("release", error)).then(done.resolve);
    await done.promise;
    stopWaiting();
  }

  #tell(): void {
    const people = this.#options.presence.takeUntold();
    for (let i = 0; i < people.length; i += 2 * MOST_TOLD) {
      this.#version += 1;
      this.#publish(people.slice(i, i + 2 * MOST_TOLD));
    }
  }

  #publish(people: number[], more: { leaving?: true } = {}): void {
    const { bus, node } = this.#options;
    bus.publish([{ type: "presence", node, version: this.#version, people, ...more }]);
  }

  #hear({ node, version, people, leaving }: PresenceSignal): void {
    const { loop, presence: { elsewhere } } = this.#options;
    this.#heardAt.set(node, loop.now());
    if (leaving === undefined) return elsewhere.hear(node, version, people);
    elsewhere.leave(node);
    this.#leftAt.set(node, loop.now());
  }

  #forgetLeft(): void {
    const { loop, presence: { elsewhere } } = this.#options;
    for (const [node, at] of this.#leftAt) {
      if (loop.now() - at < RETURN_MS) continue;
      this.#leftAt.delete(node);
      elsewhere.forget(node);
    }
  }

  #findSilent(): void {
    const { loop, presence: { elsewhere } } = this.#options;
    const known = elsewhere.known();
    for (const node of this.#heardAt.keys()) if (!known.has(node)) this.#heardAt.delete(node);
    for (const node of known.keys()) {
      const heardAt = this.#heardAt.get(node) ?? loop.now();
      this.#heardAt.set(node, heardAt);
      if (loop.now() - heardAt >= SILENT_MS) elsewhere.silence(node);
    }
  }

  /** Reads the leases, and renews this node's where it is time to or where it is missing. */
  async #look(): Promise<void> {
    const { node, leases, loop, presence } = this.#options;
    const began = loop.now();
    const isOver = () => this.#lookingSince !== began;
    if (this.#lookingSince !== null && began - this.#lookingSince < LOOK_TIMEOUT) return;
    this.#lookingSince = began;
    try {
      const known = presence.elsewhere.known().set(node, Number.MAX_SAFE_INTEGER);
      const found = await leases.read(known);
      if (isOver()) return;
      const isMissing = this.#apply(found);
      const isDue = loop.now() - this.#renewedAt >= RENEW_MS;
      if (this.#renewNow || isMissing || isDue) await this.#renew();
      this.#failed = false;
    } catch (error) {
      this.#renewNow = true;
      this.#failedTo("read or renew", error);
    } finally {
      if (!isOver()) this.#lookingSince = null;
    }
  }

  async #renew(): Promise<void> {
    const { leases, loop, presence } = this.#options;
    this.#tell(); // so that the list is what the version says
    const at = loop.now();
    this.#renewNow = false;
    await leases.renew(this.#version, JSON.stringify(presence.here()));
    this.#renewedAt = at;
  }

  /** Takes over what the leases say; returns whether this node's own is missing. */
  #apply(leases: readonly Lease[]): boolean {
    const { node: own, presence: { elsewhere }, loop } = this.#options;
    const nodes = new Set(leases.map(({ node }) => node));
    for (const { node, version, text } of leases) {
      if (node !== own) elsewhere.replace(node, version, text === null ? null : listOf(text));
    }
    if (!nodes.has(own)) this.#forgottenAt = loop.now();
    this.#forgetNodesBut(nodes);
    return !nodes.has(own);
  }

  /**
   * Twice in a row, and only where this node's own lease is there: after a restart of what keeps the
   * leases all are missing until they are renewed, and nobody has gone.
   */
  #forgetNodesBut(nodes: ReadonlySet<string>): void {
    const { elsewhere } = this.#options.presence;
    const now = this.#options.loop.now();
    const known = elsewhere.known();
    for (const node of this.#missing.keys()) {
      if (nodes.has(node) || !known.has(node)) this.#missing.delete(node);
    }
    for (const node of known.keys()) {
      if (nodes.has(node)) continue;
      const since = this.#missing.get(node) ?? now;
      this.#missing.set(node, since);
      const mayBeForgotten = now - this.#forgottenAt < RENEW_MS + LOOK_MS;
      if (now - since < LOOK_MS || mayBeForgotten || this.#leftAt.has(node)) continue;
      elsewhere.forget(node);
    }
  }

  /** Says it once: while the bus is away it would be said at every look. */
  #failedTo(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : error;
    const sentence = `Cannot ${what} the leases: people on other nodes are as last heard of`;
    if (!this.#failed) this.#options.log(sentence, reason);
    this.#failed = true;
  }
}

/** Null for what is no list of ours: one node of another version must not hide all the others. */
function listOf(text: string): number[] | null {
  try {
    const list: unknown = JSON.parse(text);
    const isList = Array.isArray(list) && list.length % 2 === 0;
    return isList && list.every(Number.isSafeInteger) ? list : null;
  } catch {
    return null;
  }
}
