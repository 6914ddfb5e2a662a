/**
 * The user's own messages on their way: stored first, sent in the order they were written,
 * forgotten once the server has acknowledged them. Always with the same `clientId`, so that a retry
 * stores nothing twice. It must not know timelines or the connection's state.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { AckEvent, ErrorEvent } from "../protocol/events.ts";
import { type Entry, firstOfEachRoom, isWaiting, placed, unreleased } from "./outbox_entries.ts";
import { Keeping } from "./outbox_keeping.ts";
import type { OutboxRecord } from "./outbox_storage.ts";
import type { OutboxOptions } from "./outbox_options.ts";
import { OutboxTabs, type TabNews } from "./outbox_tabs.ts";
import { mayPass, Way } from "./outbox_way.ts";
import type { Attachment } from "./uploads_model.ts";

export class Outbox {
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly #options: OutboxOptions;
  readonly #entries = signal<readonly Entry[]>([]);
  readonly #keeping: Keeping;
  readonly #way: Way;
  readonly #tabs: OutboxTabs;
  /** Sent or discarded: a storage that answers late must not bring them back. */
  readonly #done = new Set<string>();
  /** Written here and handed to no connection yet, from this tab. */
  readonly #fresh = new Set<string>();
  #loaded = false;
  #isOnline = false;

  constructor(options: OutboxOptions) {
    const { instance, userId, environment, withheld } = options;
    const pump = () => this.pump();
    this.#options = options;
    this.entries = this.#entries;
    this.#keeping = new Keeping({ userId, environment, withheld: () => withheld("storage") });
    this.#way = new Way(environment, pump);
    this.#tabs = new OutboxTabs({
      environment,
      owner: `${instance}-${userId}`,
      news: (news) => this.#news(news),
      mayDrain: pump,
      waits: () => this.#entries.value.some(isWaiting),
      refused: () => withheld("turns"),
    });
  }

  /** Reads what an earlier tab left, and starts to listen to other tabs. Call it once. */
  async load(): Promise<void> {
    this.#tabs.listen();
    const late = (records: OutboxRecord[]) => {
      this.#take(records);
      this.pump();
      this.#tabs.worry();
    };
    this.#take(await this.#keeping.all(late));
    this.#loaded = true;
    this.pump();
  }

  /** @param clientId its id: if a message with this id is already waiting here, that one is sent */
  add(
    room: number,
    text: string,
    replyTo: number | null,
    clientId: string = this.#options.environment.newClientId(),
    more: Partial<Pick<OutboxRecord, "thread" | "threadOnly" | "attachments">> = {},
  ): void {
    if (this.#find(clientId) !== undefined) return;
    const { userId, environment } = this.#options;
    const createdAt = environment.now();
    const order = Math.max(createdAt, (this.#entries.value.at(-1)?.order ?? 0) + 1);
    this.#fresh.add(clientId);
    const where = { room, replyTo, thread: null, threadOnly: false, ...more };
    const record = { userId, clientId, text, ...where, createdAt, order };
    this.#begin({ ...record, state: "pending", error: null, stored: false, ackedRev: null });
    this.#tabs.worry();
  }

  /** Whether nobody can have it: false where it was on its way before, or may have been elsewhere. */
  isFresh(clientId: string): boolean {
    return this.#fresh.has(clientId);
  }

  /** It cannot be sent as it is. */
  fail(clientId: string, error: ErrorCode): void {
    const entry = this.#find(clientId);
    if (entry && isWaiting(entry)) this.#begin({ ...entry, state: "failed", error });
  }

  resend(clientId: string): void {
    const entry = this.#find(clientId);
    if (entry?.state === "failed") {
      this.#begin({ ...entry, state: "pending", error: null, stored: false });
    }
  }

  /** Forgets a message, sent or not. */
  discard(clientId: string): void {
    if (this.#find(clientId) === undefined) return;
    this.#drop(clientId);
    this.#keeping.forget(clientId);
    this.#tabs.tell({ type: "dropped", clientId });
    this.pump();
  }

  online(): void {
    this.#isOnline = true;
    this.#way.calm();
    this.#tabs.join();
    this.pump();
  }

  offline(): void {
    this.#isOnline = false;
    this.#way.clear();
    this.#tabs.leave();
  }

  /** True if the answer was to one of its messages. */
  settle(answer: AckEvent | ErrorEvent): boolean {
    const entry = answer.ref === undefined ? undefined : this.#find(answer.ref);
    if (entry === undefined) return false;
    if (answer.type === "error") this.#refused(entry, answer);
    else this.#acknowledged(entry.clientId, answer.message?.rev ?? 0);
    this.pump();
    return true;
  }

  /** Drops acknowledged messages once their room is loaded up to them. */
  release(known: (room: number) => number | null): void {
    const waiting = unreleased(this.#entries.value, known);
    if (waiting.length < this.#entries.value.length) this.#entries.value = waiting;
  }

  stop(): void {
    this.#isOnline = false;
    this.#way.clear();
    this.#tabs.stop();
  }

  #find(clientId: string): Entry | undefined {
    return this.#entries.value.find((entry) => entry.clientId === clientId);
  }

  #keep(entry: Entry): void {
    this.#entries.value = placed(this.#entries.value, entry);
  }

  #begin(entry: Entry): void {
    this.#keep(entry);
    void this.#store(entry);
  }

  #drop(clientId: string): void {
    this.#done.add(clientId);
    this.#way.ended(clientId);
    this.#entries.value = this.#entries.value.filter((entry) => entry.clientId !== clientId);
  }

  /**
   * If storage fails or does not answer, the message may not survive the tab, but is still sent.
   */
  async #store(entry: Entry): Promise<void> {
    const { stored: _stored, ackedRev: _ackedRev, ...record } = entry;
    await this.#keeping.put(record);
    // It may have been acknowledged, or discarded, while it was being written.
    const now = this.#find(entry.clientId);
    if (now === undefined || now.ackedRev !== null) return this.#keeping.forget(entry.clientId);
    this.#keep({ ...now, stored: true });
    this.#tabs.tell({ type: "put", record });
    this.pump();
  }

  /** What an earlier tab left. */
  #take(records: readonly OutboxRecord[]): void {
    for (const record of records) {
      // Checks again what was read: another user's message must never be sent.
      const known = this.#done.has(record.clientId) || this.#find(record.clientId) !== undefined;
      if (record.userId !== this.#options.userId || known) continue;
      this.#keep({ ...record, stored: true, ackedRev: null });
    }
  }

  /** Sends what may be sent: when online, in the tab that sends, the first message of each room. */
  pump(): void {
    if (!this.#loaded || !this.#isOnline || !this.#tabs.drains()) return;
    const rests = (room: number) => this.#way.rests(room);
    const complete = ({ attachments }: Entry) => !attachments || this.#ids(attachments);
    for (const entry of firstOfEachRoom(this.#entries.value, rests, complete)) {
      if (!entry.stored || this.#way.has(entry.clientId)) continue;
      if (this.#way.full() || !this.#transmit(entry)) return;
    }
  }

  #transmit({ clientId, room, text, replyTo, threadOnly, attachments }: Entry): boolean {
    const { send } = this.#options;
    const only = threadOnly ? { threadOnly } : {};
    // The message's id is also the answer's `ref`.
    const files = attachments && { files: this.#ids(attachments)! };
    if (!send({ type: "send", ref: clientId, clientId, room, text, replyTo, ...only, ...files })) {
      return false;
    }
    this.#fresh.delete(clientId);
    this.#way.began(clientId);
    return true;
  }

  #ids(attachments: readonly Attachment[]): number[] | null | undefined {
    return this.#options.files.here?.idsOf(attachments);
  }

  #acknowledged(clientId: string, rev: number): void {
    this.#done.add(clientId);
    this.#way.calm();
    this.#acked(clientId, rev);
    this.#keeping.forget(clientId);
    this.#tabs.tell({ type: "acked", clientId, rev });
  }

  #acked(clientId: string, rev: number): void {
    this.#way.ended(clientId);
    const entry = this.#find(clientId);
    if (entry !== undefined) this.#keep({ ...entry, ackedRev: rev });
  }

  #refused(entry: Entry, { code, retryAfter }: ErrorEvent): void {
    this.#way.ended(entry.clientId);
    if (mayPass(code)) return this.#way.rest(entry.room, retryAfter);
    // The server may have dropped files that waited for long.
    if (code === "invalid" && entry.attachments) {
      return this.#options.files.here?.messages.renew(entry.clientId);
    }
    this.fail(entry.clientId, code);
  }

  #news(message: TabNews): void {
    if (message.type === "put") {
      const known = this.#find(message.record.clientId);
      this.#keep({ ...message.record, stored: true, ackedRev: known?.ackedRev ?? null });
      this.pump();
    } else if (message.type === "acked") this.#acked(message.clientId, message.rev);
    else if (message.type === "dropped") this.#drop(message.clientId);
    else this.#entries.value = [];
  }
}
