/**
 * One's own messages on their way: stored first, sent in the order they were written, forgotten
 * when the server has acknowledged them. Always with the same `clientId`, so that a repetition
 * stores nothing. It must not know timelines or the connection's life.
 *
 * Of each room one message is under way at a time: were two, the server could refuse the first
 * (rate limit, a failed commit) and take the second, and their order would be lost.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { CommandInput } from "../protocol/commands.ts";
import type { AckEvent, ErrorEvent } from "../protocol/events.ts";
import { backoffDelay, FIRST_RETRY } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";
import { createOutboxTabs, type TabNews } from "./outbox_tabs.ts";
import { ANSWER_WITHIN } from "./requests.ts";

/** Messages under way at a time, over all rooms. */
const WINDOW = 32;

/** Time may heal these; every other refusal is final. */
const PASSING: ReadonlySet<ErrorCode> = new Set(
  ["rate_limited", "unavailable", "internal", "unauthenticated"] as const,
);

/** A message in the outbox, with what is known of it in this tab alone. */
export interface Entry extends OutboxRecord {
  /** It would survive the closing of the tab. */
  stored: boolean;
  /** The server has it, at this revision of its room; it shows until its `message` event came. */
  ackedRev: number | null;
}

export interface OutboxOptions {
  userId: number;
  environment: Environment;
  /** False where there is no connection. */
  send(command: CommandInput): boolean;
}

export interface Outbox {
  entries: ReadonlySignal<readonly Entry[]>;
  /** Reads what an earlier tab left, and begins to listen to other tabs. Call it once. */
  load(): Promise<void>;
  add(room: number, text: string, replyTo: number | null): void;
  resend(clientId: string): void;
  discard(clientId: string): void;
  online(): void;
  offline(): void;
  /** True where the answer was to one of its messages. */
  settle(answer: AckEvent | ErrorEvent): boolean;
  /** A message of this user has arrived from the server. */
  seen(clientId: string): void;
  /** Lets go of acknowledged messages whose room is known up to them. */
  release(known: (room: number) => number | null): void;
  /** Forgets every message of this user, here and in the other tabs. */
  clear(): Promise<void>;
  stop(): void;
}

export function createOutbox({ userId, environment, send }: OutboxOptions): Outbox {
  const entries = signal<readonly Entry[]>([]);
  const { storage } = environment;
  /** clientId → the timer that ends the wait for its answer. */
  const underWay = new Map<string, unknown>();
  /** room → the timer that ends the pause after a passing refusal. */
  const pauses = new Map<number, unknown>();
  let attempt = 0;
  let loaded = false;
  let isOnline = false;
  const tabs = createOutboxTabs(environment, userId, { news, mayDrain: pump, waits });

  function find(clientId: string): Entry | undefined {
    return entries.value.find((entry) => entry.clientId === clientId);
  }

  function waits(): boolean {
    return entries.value.some((entry) => entry.ackedRev === null && entry.state === "pending");
  }

  function keep(entry: Entry): void {
    const others = entries.value.filter((other) => other.clientId !== entry.clientId);
    entries.value = [...others, entry].sort((a, b) => a.order - b.order);
  }

  function drop(clientId: string): void {
    endWait(clientId);
    entries.value = entries.value.filter((entry) => entry.clientId !== clientId);
  }

  /** Storage that fails (full, forbidden) costs the message its survival, not its sending. */
  async function store(entry: Entry): Promise<void> {
    const { stored: _stored, ackedRev: _ackedRev, ...record } = entry;
    await storage.put(record).catch(() => {});
    // It may have been acknowledged, or discarded, while it was being written.
    const now = find(entry.clientId);
    if (now === undefined || now.ackedRev !== null) return void unstore(entry.clientId);
    keep({ ...now, stored: true });
    tabs.tell({ type: "put", record });
    pump();
  }

  async function unstore(clientId: string): Promise<void> {
    await storage.delete(clientId).catch(() => {});
  }

  /** Sends what may be sent: online, the tab that drains, each room's first. */
  function pump(): void {
    if (!loaded || !isOnline || !tabs.drains()) return;
    const busy = new Set(pauses.keys());
    for (const entry of entries.value) {
      if (entry.ackedRev !== null || entry.state === "failed" || busy.has(entry.room)) continue;
      busy.add(entry.room);
      if (!entry.stored || underWay.has(entry.clientId)) continue;
      if (underWay.size >= WINDOW || !transmit(entry)) return;
    }
  }

  function transmit({ clientId, room, text, replyTo }: Entry): boolean {
    // The name of the message is the name of the answer, too.
    if (!send({ type: "send", ref: clientId, clientId, room, text, replyTo })) return false;
    const timer = environment.setTimeout(() => {
      underWay.delete(clientId);
      pump();
    }, ANSWER_WITHIN);
    underWay.set(clientId, timer);
    return true;
  }

  function endWait(clientId: string): void {
    environment.clearTimeout(underWay.get(clientId));
    underWay.delete(clientId);
  }

  function acknowledged(clientId: string, rev: number): void {
    attempt = 0;
    endWait(clientId);
    const entry = find(clientId);
    if (entry !== undefined) keep({ ...entry, ackedRev: rev });
    void unstore(clientId);
    tabs.tell({ type: "acked", clientId, rev });
  }

  function refused(entry: Entry, error: ErrorEvent): void {
    endWait(entry.clientId);
    if (PASSING.has(error.code)) return pause(entry.room, error.retryAfter);
    const failed: Entry = { ...entry, state: "failed", error: error.code };
    keep(failed);
    void store(failed);
  }

  function pause(room: number, retryAfter = 0): void {
    environment.clearTimeout(pauses.get(room));
    const delay = Math.max(
      retryAfter,
      FIRST_RETRY + backoffDelay(attempt++, environment.random()),
    );
    const resume = () => {
      pauses.delete(room);
      pump();
    };
    pauses.set(room, environment.setTimeout(resume, delay));
  }

  function news(message: TabNews): void {
    if (message.type === "put") {
      const known = find(message.record.clientId);
      keep({ ...message.record, stored: true, ackedRev: known?.ackedRev ?? null });
      pump();
    } else if (message.type === "acked") {
      endWait(message.clientId);
      const entry = find(message.clientId);
      if (entry !== undefined) keep({ ...entry, ackedRev: message.rev });
    } else if (message.type === "dropped") drop(message.clientId);
    else entries.value = [];
  }

  function forget(clientId: string): void {
    drop(clientId);
    void unstore(clientId);
    tabs.tell({ type: "dropped", clientId });
    pump();
  }

  function restTimers(): void {
    for (const clientId of [...underWay.keys()]) endWait(clientId);
    for (const timer of pauses.values()) environment.clearTimeout(timer);
    pauses.clear();
  }

  return {
    entries,
    async load() {
      tabs.listen();
      const records = await storage.all(userId).catch(() => []);
      for (const record of records) {
        // What was read is checked again: nobody else's message may ever be sent.
        if (record.userId !== userId || find(record.clientId) !== undefined) continue;
        keep({ ...record, stored: true, ackedRev: null });
      }
      loaded = true;
      pump();
    },
    add(room, text, replyTo) {
      const now = environment.now();
      const order = Math.max(now, (entries.value.at(-1)?.order ?? 0) + 1);
      const clientId = environment.newClientId();
      const record = { userId, clientId, room, text, replyTo, createdAt: now, order };
      const state = { state: "pending", error: null, stored: false, ackedRev: null } as const;
      const entry: Entry = { ...record, ...state };
      keep(entry);
      void store(entry);
      tabs.worry();
    },
    resend(clientId) {
      const entry = find(clientId);
      if (entry?.state !== "failed") return;
      const again: Entry = { ...entry, state: "pending", error: null, stored: false };
      keep(again);
      void store(again);
    },
    discard(clientId) {
      if (find(clientId) !== undefined) forget(clientId);
    },
    online() {
      isOnline = true;
      attempt = 0;
      tabs.join();
      pump();
    },
    offline() {
      isOnline = false;
      restTimers();
      tabs.leave();
    },
    settle(answer) {
      const entry = answer.ref === undefined ? undefined : find(answer.ref);
      if (entry === undefined) return false;
      if (answer.type === "error") refused(entry, answer);
      else acknowledged(entry.clientId, answer.message?.rev ?? 0);
      pump();
      return true;
    },
    seen(clientId) {
      if (find(clientId) !== undefined) forget(clientId);
    },
    release(known) {
      const isKnown = (entry: Entry) =>
        entry.ackedRev !== null && (known(entry.room) ?? Infinity) >= entry.ackedRev;
      if (entries.value.some(isKnown)) {
        entries.value = entries.value.filter((entry) => !isKnown(entry));
      }
    },
    async clear() {
      restTimers();
      const records = await storage.all(userId).catch(() => []);
      const names = [...records, ...entries.value].map((record) => record.clientId);
      entries.value = [];
      tabs.tell({ type: "cleared" });
      await Promise.all(names.map(unstore));
    },
    stop() {
      isOnline = false;
      restTimers();
      tabs.stop();
    },
  };
}
