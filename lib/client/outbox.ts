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
import type { FrameInput } from "../protocol/frames.ts";
import type { AckEvent, ErrorEvent } from "../protocol/events.ts";
import type { Environment } from "./environment.ts";
import type { Withheld } from "./model.ts";
import { createKeeping } from "./outbox_keeping.ts";
import type { OutboxRecord } from "./outbox_storage.ts";
import { createOutboxTabs, type TabNews } from "./outbox_tabs.ts";
import { createWay } from "./outbox_way.ts";

/** Time may heal these; every other refusal is final. */
const PASSING: ReadonlySet<ErrorCode> = new Set(
  ["rate_limited", "unavailable", "internal", "unauthenticated"] as const,
);

/** A message in the outbox, with what is known of it in this tab alone. */
export interface Entry extends OutboxRecord {
  /** It would survive the closing of the tab, as far as this browser lets it. */
  stored: boolean;
  /** The server has it, at this revision of its room; it shows until its `message` event came. */
  ackedRev: number | null;
}

export interface OutboxOptions {
  /** Names the server's database. */
  instance: string;
  userId: number;
  environment: Environment;
  /** False where there is no connection. */
  send(command: FrameInput): boolean;
  /** The browser does not give what it should: the tab goes on without. */
  withheld(what: Withheld): void;
}

export interface Outbox {
  entries: ReadonlySignal<readonly Entry[]>;
  /** Reads what an earlier tab left, and begins to listen to other tabs. Call it once. */
  load(): Promise<void>;
  /** @param clientId its name: where one of that name waits here already, that one goes on */
  add(room: number, text: string, replyTo: number | null, clientId?: string): void;
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

export function createOutbox(
  { instance, userId, environment, send, withheld }: OutboxOptions,
): Outbox {
  const entries = signal<readonly Entry[]>([]);
  const keeping = createKeeping({ userId, environment, withheld: () => withheld("storage") });
  const way = createWay(environment, pump);
  /** Sent, or thrown away: a storage that answers late must not bring them back. */
  const done = new Set<string>();
  let loaded = false;
  let isOnline = false;
  const tabs = createOutboxTabs(environment, `${instance}-${userId}`, {
    news,
    mayDrain: pump,
    waits,
    refused: () => withheld("turns"),
  });

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
    done.add(clientId);
    way.ended(clientId);
    entries.value = entries.value.filter((entry) => entry.clientId !== clientId);
  }

  /** Storage that fails or is silent costs the message its survival, not its sending. */
  async function store(entry: Entry): Promise<void> {
    const { stored: _stored, ackedRev: _ackedRev, ...record } = entry;
    await keeping.put(record);
    // It may have been acknowledged, or discarded, while it was being written.
    const now = find(entry.clientId);
    if (now === undefined || now.ackedRev !== null) return keeping.forget(entry.clientId);
    keep({ ...now, stored: true });
    tabs.tell({ type: "put", record });
    pump();
  }

  /** What an earlier tab left. */
  function take(records: readonly OutboxRecord[]): void {
    for (const record of records) {
      // What was read is checked again: nobody else's message may ever be sent.
      const known = done.has(record.clientId) || find(record.clientId) !== undefined;
      if (record.userId !== userId || known) continue;
      keep({ ...record, stored: true, ackedRev: null });
    }
  }

  /** Sends what may be sent: online, the tab that drains, each room's first. */
  function pump(): void {
    if (!loaded || !isOnline || !tabs.drains()) return;
    const busy = new Set<number>();
    for (const entry of entries.value) {
      const { clientId, room } = entry;
      if (entry.ackedRev !== null || entry.state === "failed") continue;
      if (busy.has(room) || way.rests(room)) continue;
      busy.add(room);
      if (!entry.stored || way.has(clientId)) continue;
      if (way.full() || !transmit(entry)) return;
    }
  }

  function transmit({ clientId, room, text, replyTo }: Entry): boolean {
    // The name of the message is the name of the answer, too.
    if (!send({ type: "send", ref: clientId, clientId, room, text, replyTo })) return false;
    way.began(clientId);
    return true;
  }

  function acknowledged(clientId: string, rev: number): void {
    done.add(clientId);
    way.calm();
    way.ended(clientId);
    const entry = find(clientId);
    if (entry !== undefined) keep({ ...entry, ackedRev: rev });
    keeping.forget(clientId);
    tabs.tell({ type: "acked", clientId, rev });
  }

  function refused(entry: Entry, error: ErrorEvent): void {
    way.ended(entry.clientId);
    if (PASSING.has(error.code)) return way.rest(entry.room, error.retryAfter);
    const failed: Entry = { ...entry, state: "failed", error: error.code };
    keep(failed);
    void store(failed);
  }

  function news(message: TabNews): void {
    if (message.type === "put") {
      const known = find(message.record.clientId);
      keep({ ...message.record, stored: true, ackedRev: known?.ackedRev ?? null });
      pump();
    } else if (message.type === "acked") {
      way.ended(message.clientId);
      const entry = find(message.clientId);
      if (entry !== undefined) keep({ ...entry, ackedRev: message.rev });
    } else if (message.type === "dropped") drop(message.clientId);
    else entries.value = [];
  }

  function forget(clientId: string): void {
    drop(clientId);
    keeping.forget(clientId);
    tabs.tell({ type: "dropped", clientId });
    pump();
  }

  return {
    entries,
    async load() {
      tabs.listen();
      const late = (records: OutboxRecord[]) => {
        take(records);
        pump();
        tabs.worry();
      };
      take(await keeping.all(late));
      loaded = true;
      pump();
    },
    add(room, text, replyTo, clientId = environment.newClientId()) {
      if (find(clientId) !== undefined) return;
      const now = environment.now();
      const order = Math.max(now, (entries.value.at(-1)?.order ?? 0) + 1);
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
      way.calm();
      tabs.join();
      pump();
    },
    offline() {
      isOnline = false;
      way.clear();
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
      way.clear();
      const forgetAll = (gone: readonly { clientId: string }[]) => {
        for (const { clientId } of gone) keeping.forget(clientId);
      };
      const records = await keeping.all(forgetAll);
      forgetAll([...records, ...entries.value]);
      entries.value = [];
      tabs.tell({ type: "cleared" });
    },
    stop() {
      isOnline = false;
      way.clear();
      tabs.stop();
    },
  };
}
